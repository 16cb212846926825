export { Bus } from './sending/bus.js';
export { BusModule } from './sending/bus.module.js';
export { BusStrategy, type BusStrategyOptions } from './taking/bus-strategy.js';
export { OnFact, OnJob, OnRequest, OnSignal } from './taking/decorators.js';
export { refuseIfLate } from './time/deadline.js';
export { isRedelivered } from './taking/delivery.js';
export { sharedTime } from './time/shared-time.js';
export { queues } from './broker/topology.js';
export { currentTrace } from './envelope/trace.js';
