/* eslint-disable @n8n/community-nodes/no-restricted-globals -- it is about timers */
/** Loaded before the oldest engine, which sets timers that it never ends: no test is to wait for them. */
const startTimer = globalThis.setInterval;
globalThis.setInterval = ((...given: Parameters<typeof setInterval>) => startTimer(...given).unref()) as typeof setInterval;
