import { collectDefaultMetrics, Registry } from 'prom-client';

/** The metrics of this process. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });
