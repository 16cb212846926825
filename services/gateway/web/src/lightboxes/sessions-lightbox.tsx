import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, type OwnSession } from '../api/client.js';
import { queryClient, sessionsQuery } from '../data/queries.js';
import { faultText } from '../elements/fault-text.js';
import { Lightbox } from '../elements/lightbox.js';
import { useLanguage } from '../language/language.js';
import { browserName } from './browser-name.js';
import { PagedBody } from './paged-body.js';
import './history.css';

/** Where the person is signed in; ends what is not this session. */
export function SessionsLightbox({ close }: { close: () => void }) {
  const { say } = useLanguage();
  const list = useInfiniteQuery(sessionsQuery);
  const { end, told } = useEnding();
  const sessions = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Lightbox title={say('sessions.title')} close={close} size="large">
      <PagedBody list={list}>{sessions.length > 0 && <Sessions sessions={sessions} end={end} />}</PagedBody>
      <footer className="lightbox-foot">
        <p role="status">{told}</p>
        {sessions.some(({ current }) => !current) && (
          <button type="button" className="button" onClick={() => end(null)}>
            {say('sessions.endOthers')}
          </button>
        )}
      </footer>
    </Lightbox>
  );
}

const columns = ['browser', 'where', 'startedAt', 'lastSeenAt'] as const;

interface SessionsProps {
  readonly sessions: readonly OwnSession[];
  readonly end: (sessionId: string) => void;
}

function Sessions({ sessions, end }: SessionsProps) {
  const { say, dateTime } = useLanguage();
  return (
    <table className="history sessions">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {say(`sessions.${column}`)}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ sessionId, userAgent, ipAddress, startedAt, lastSeenAt, current }) => {
          const browser = browserName(userAgent) ?? say('sessions.unknown');
          return (
            <tr key={sessionId}>
              <td title={userAgent}>{browser}</td>
              <td>{ipAddress}</td>
              <td>{dateTime(startedAt)}</td>
              <td>{dateTime(lastSeenAt)}</td>
              <td>{current ? say('sessions.current') : <EndButton {...{ browser, ipAddress, sessionId, end }} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type EndButtonProps = Pick<SessionsProps, 'end'> & Readonly<Record<'browser' | 'ipAddress' | 'sessionId', string>>;

function EndButton({ browser, ipAddress, sessionId, end }: EndButtonProps) {
  const { say } = useLanguage();
  const label = say('sessions.endOne', { browser, where: ipAddress });
  return (
    <button type="button" className="button" aria-label={label} onClick={() => end(sessionId)}>
      {say('sessions.end')}
    </button>
  );
}

/** Ends one, or with null all others, and reads the list again; says how that went. */
function useEnding() {
  const { say } = useLanguage();
  const [told, tell] = useState('');
  const { mutate } = useMutation({
    mutationFn: (sessionId: string | null) =>
      done(
        sessionId === null
          ? api.DELETE('/api/v1/sessions')
          : api.DELETE('/api/v1/sessions/{sessionId}', { params: { path: { sessionId } } }),
      ),
    onSuccess: () => tell(say('sessions.ended')),
    onError: (error) => tell(faultText(say, error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return { end: mutate, told };
}
