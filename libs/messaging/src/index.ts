export { Bus } from './bus.js';
export { BusModule } from './bus.module.js';
export { BusStrategy, type BusStrategyOptions } from './bus-strategy.js';
export { OnFact, OnJob, OnRequest, OnSignal } from './decorators.js';
export { refuseIfLate } from './deadline.js';
export { isRedelivered } from './delivery.js';
export { sharedTime } from './shared-time.js';
export { queues } from './topology.js';
export { currentTrace } from './trace.js';
