export { freePort } from '@account-backups/local-stack/system/ports.js';
