/** One word per service for folder, project, queue, schema, image and Kubernetes object. */
export const serviceNames = [
  'gateway',
  'subscriptions',
  'permissions',
  'documents',
  'backups',
  'zip-builder',
  'download-audit',
  'scheduler',
] as const;
export type ServiceName = (typeof serviceNames)[number];
