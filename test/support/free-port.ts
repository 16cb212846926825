export { freePort } from '@account-backups/local-stack/ports.js';
