import { QueryFailedError } from 'typeorm';
import { loggedError } from './logged-error.js';

describe('an error in the log', () => {
  it('names the statement that failed and nothing that it was given', () => {
    const refused = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (name)=(Secret Name) already exists.',
      where: 'COPY users, line 1: "Secret Name"',
    });
    const failed = new QueryFailedError('INSERT INTO users VALUES ($1)', ['Secret Name'], refused);
    const told = loggedError(new Error('it was not written', { cause: failed }));
    expect(JSON.stringify(told)).not.toContain('Secret');
    expect(told).toMatchObject({ cause: { code: '23505', query: 'INSERT INTO users VALUES ($1)' } });
  });
});
