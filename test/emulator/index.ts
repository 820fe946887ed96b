export { startEmulator, type Emulator } from './emulator';
export type { EmulatorOptions, RateLimits, Throughput } from './options';
export type { Outcome, RunInput } from './runs/outcome';
export type { StoredRun } from './runs/lifecycle';
export type { StoredFile } from './files/document';
export type { Fault } from './server/faults';
export type { RequestRecord } from './server/records';
export type { Store, StoredBatch, StoredClassifier, StoredEndpoint, StoredSubscription, StoredVersion } from './store';
export { configOf, seedClassifiers, type SeedClassifier } from './classifiers/seed';
