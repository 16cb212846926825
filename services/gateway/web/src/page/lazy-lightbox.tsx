import { useEffect, useState } from 'react';
import { useLanguage } from '../language/language.js';
import type { OpenLightbox, OpenLightboxProps } from './open-lightbox.js';

type LightboxModule = typeof import('./open-lightbox.js');

let loading: Promise<LightboxModule> | undefined;

/** Loads the code of all lightboxes, once. Called early, so that it is here when the server is not. */
export function loadLightbox(): Promise<LightboxModule> {
  loading ??= import('./open-lightbox.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Shows the open lightbox once its code is here, or says why it is not. */
export function LazyLightbox(props: OpenLightboxProps) {
  const { say } = useLanguage();
  const { tell, close } = props;
  const [Shown, setShown] = useState<typeof OpenLightbox>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    loadLightbox().then(
      (module) => setShown(() => module.OpenLightbox),
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
