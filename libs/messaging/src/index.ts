export { Bus, connectBus, type BusOptions } from './bus.js';
export { BusModule } from './bus.module.js';
export { BusStrategy, type BusStrategyOptions } from './bus-strategy.js';
export type { BusState } from './channel-host.js';
export { OnFact, OnJob, OnRequest, OnSignal } from './decorators.js';
export { checkHandlers } from './handler-check.js';
export { queues, retryDelaysMs, MOST_ATTEMPTS, type MessageList } from './topology.js';
export { currentTrace, outgoingTraceparent, runWithTrace, type Trace } from './trace.js';
