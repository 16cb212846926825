import { Lightbox } from '../elements/lightbox.js';
import { useLanguage } from '../language/language.js';
import './help.css';

const chapters = ['windows', 'mac', 'linux', 'check'] as const;

export function HelpLightbox({ close }: { close: () => void }) {
  const { say } = useLanguage();
  return (
    <Lightbox title={say('help.title')} close={close}>
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
    </Lightbox>
  );
}
