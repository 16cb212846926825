// Its own entry point (`@account-backups/zip/threads`): a thread loads this instead of the whole library.
export { answerRequests } from './answer-requests.js';
export { ThreadClient, type ThreadOptions } from './thread-client.js';
