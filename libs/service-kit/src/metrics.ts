import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of this process; each service adds its own to this registry. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });

export { Counter, Gauge, Histogram };
