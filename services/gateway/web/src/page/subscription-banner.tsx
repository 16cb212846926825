import type { Me } from '../api/client.js';
import { Icon, type IconName } from '../elements/icons.js';
import { daysUntil } from '../language/formats.js';
import { useLanguage, type Language } from '../language/language.js';

const SOON_DAYS = 30;

interface Banner {
  readonly tone: 'calm' | 'warn' | 'stop';
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly action?: string;
}

/** How long backups can be requested, and how to renew when the end is near or past. */
export function SubscriptionBanner({ subscription }: { subscription: Me['subscription'] }) {
  const language = useLanguage();
  const { tone, icon, title, text, action } = bannerOf(subscription, language);
  return (
    <section className={`banner ${tone}`} aria-label={language.say('subscription.label')}>
      <Icon name={icon} />
      <div>
        <strong>{title}</strong>
        {text && <p>{text}</p>}
      </div>
      {action && (
        <a className="button" href={subscription.renewUrl} target="_top" rel="noreferrer">
          {action}
        </a>
      )}
    </section>
  );
}

function bannerOf({ state, endsOn, endsAt }: Me['subscription'], { say, day }: Language): Banner {
  const date = endsOn ? day(endsOn) : '';
  switch (state) {
    case 'scheduled':
      return {
        tone: 'warn',
        icon: 'pending',
        title: say('subscription.scheduled'),
        text: say('subscription.scheduledText'),
      };
    case 'expired': {
      const title = say('subscription.expired', { date });
      return {
        tone: 'stop',
        icon: 'warning',
        title,
        text: say('subscription.expiredText'),
        action: say('subscription.renew'),
      };
    }
    case 'none': {
      const title = say('subscription.none');
      return {
        tone: 'stop',
        icon: 'warning',
        title,
        text: say('subscription.noneText'),
        action: say('subscription.get'),
      };
    }
    case 'unknown':
      return {
        tone: 'warn',
        icon: 'warning',
        title: say('subscription.unknown'),
        text: say('subscription.unknownText'),
      };
    case 'valid': {
      const left = endsAt ? daysUntil(endsAt, Date.now()) : SOON_DAYS + 1;
      if (left > SOON_DAYS) return { tone: 'calm', icon: 'completed', title: say('subscription.valid', { date }) };
      const title = left === 0 ? say('subscription.today', { date }) : say('subscription.soon', { count: left, date });
      return { tone: 'warn', icon: 'warning', title, action: say('subscription.renew') };
    }
  }
}
