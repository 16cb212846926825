import { useLanguage } from '../language/language.js';
import { Shell } from './shell.js';

const chapters = ['windows', 'mac', 'linux', 'check'] as const;

export function HelpDialog({ close }: { close: () => void }) {
  const { say } = useLanguage();
  return (
    <Shell title={say('help.title')} close={close}>
      <div className="lightbox-body">
        <p>{say('help.intro')}</p>
        <dl className="chapters">
          {chapters.map((chapter) => (
            <div key={chapter}>
              <dt>{say(`help.${chapter}`)}</dt>
              <dd>{say(`help.${chapter}Text`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Shell>
  );
}
