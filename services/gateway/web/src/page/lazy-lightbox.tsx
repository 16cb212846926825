import { useEffect, useState } from 'react';
import type { Lightbox, LightboxProps } from '../dialogs/lightbox.js';
import { useLanguage } from '../language/language.js';

type LightboxModule = typeof import('../dialogs/lightbox.js');

let loading: Promise<LightboxModule> | undefined;

/** Lightboxes come apart from the page and after it; early enough to be there when the server is not. */
export function loadLightbox(): Promise<LightboxModule> {
  loading ??= import('../dialogs/lightbox.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Shows a lightbox once its code is there, or says why it is not. */
export function LightboxPlace(props: LightboxProps) {
  const { say } = useLanguage();
  const { tell, close } = props;
  const [Shown, setShown] = useState<typeof Lightbox>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    loadLightbox().then(
      (module) => setShown(() => module.Lightbox),
      () => setFailed(true),
    );
  }, []);
  useEffect(() => {
    if (!failed) return;
    tell(say('error.OFFLINE'));
    close();
  }, [failed, tell, say, close]);
  return Shown && <Shown {...props} />;
}
