import { type ReactNode, useEffect } from 'react';

interface PhonePageProps {
  title: string;
  /** Of the app; stands behind the title in the browser. */
  name: string;
  /** The way back, left of the title. */
  back?: ReactNode;
  /** What the thumb reaches at the bottom. */
  hand?: ReactNode;
  children: ReactNode;
}

/** A page of an app on a phone: title, the way back, content. */
export function PhonePage({ title, name, back, hand, children }: PhonePageProps) {
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <div className={hand ? 'page with-hand' : 'page'}>
      <header className="bar">
        {back}
        <h1>{title}</h1>
      </header>
      <main>{children}</main>
      {hand && <nav className="hand">{hand}</nav>}
    </div>
  );
}
