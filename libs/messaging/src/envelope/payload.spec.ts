import { messages, type MessageDefinition } from '@account-backups/contracts';
import { z } from 'zod';
import { receivedPayload, sentPayload } from './payload.js';

const line = z.strictObject({ text: z.string().max(5), at: z.int().optional() });
const definition: MessageDefinition = {
  kind: 'job',
  about: 'A message of these tests.',
  owner: 'documents',
  concurrency: 1,
  payload: z.strictObject({ name: z.string().default('none'), lines: z.array(line) }),
};

it('a field that a later sender added is left out, at any depth', () => {
  const sent = JSON.parse('{ "lines": [{ "text": "a", "bold": true }, { "text": "b", "__proto__": {} }], "size": 3 }');
  expect(receivedPayload('a.b', definition, sent)).toEqual({ name: 'none', lines: [{ text: 'a' }, { text: 'b' }] });
});

it('what else is wrong is refused beside it, each fault with its place', () => {
  const sent = { lines: [{ text: 'too long', bold: true }, { bold: true }], size: 3 };
  expect(() => receivedPayload('a.b', definition, sent)).toThrow(
    expect.objectContaining({
      code: 'MESSAGE_INVALID',
      errors: [expect.objectContaining({ path: 'lines[0].text' }), expect.objectContaining({ path: 'lines[1].text' })],
    }),
  );
});

it.each([null, 'text', [], { lines: {} }])('%j is refused', (value) => {
  expect(() => receivedPayload('a.b', definition, value)).toThrow(expect.objectContaining({ code: 'MESSAGE_INVALID' }));
});

it('is not sent with a field that the list does not know', () => {
  const errors = [{ path: 'size', message: 'unknown field' }];
  expect(() => sentPayload('a.b', definition, { lines: [], size: 3 })).toThrow(expect.objectContaining({ errors }));
});

it('a gateway newer than documents asks for room that this one does not know of', () => {
  const asked = { accountId: 'a', fileId: 'f', newBytes: 5, newerBytes: 6 };
  const received = receivedPayload('documents.get-file', messages['documents.get-file'], asked);
  expect(received).toEqual({ accountId: 'a', fileId: 'f', newBytes: 5 });
});
