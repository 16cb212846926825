import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, bodyOf, type Backup } from '../api/client.js';
import { refresh } from '../data/live-backups.js';
import { bodyToSend, type RequestForm } from './request-form.js';

/** Sends a request. The same form sent again carries the same key, so a lost answer makes no second backup. */
export function useRequest(done: (backup: Backup) => void) {
  const last = useRef<{ form: RequestForm; key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: (form: RequestForm) => {
      if (last.current?.form !== form) last.current = { form, key: attemptKey() };
      const headers = { 'Idempotency-Key': last.current.key };
      return bodyOf(api.POST('/api/v1/backups', { params: { header: headers }, body: bodyToSend(form) }));
    },
    onSuccess: done,
    // Whether it worked or somebody was faster, the list and the right to request have changed.
    onSettled: refresh,
  });
}

/** Random; `crypto.randomUUID` does not exist on plain HTTP. */
function attemptKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
