import { useT } from '@keystead/ui/i18n';
import { useId } from 'react';

const mediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
type MediaType = (typeof mediaTypes)[number];
const isImage = (type: string): type is MediaType => mediaTypes.some((each) => each === type);

export const mostPhotos = 6;
/** What a photo is called and is, as the platform wants to know. */
export const photoQuery = (file: File): { name: string; mediaType: MediaType } => ({
  name: file.name,
  mediaType: isImage(file.type) ? file.type : 'image/jpeg',
});

interface Props {
  label: string;
  required?: boolean;
  files: readonly File[];
  onFiles(files: File[]): void;
}

/** Takes pictures from camera or album; says how many there are. */
export function Photos({ label, required = false, files, onFiles }: Props) {
  const t = useT();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <span className="pick">
        <input
          id={id}
          className="pick-file"
          type="file"
          accept={mediaTypes.join(',')}
          multiple
          required={required}
          onChange={(event) => onFiles([...(event.target.files ?? [])].slice(0, mostPhotos))}
        />
        <span aria-hidden="true">{t('tenant.photos.pick')}</span>
      </span>
      {files.length > 0 && <p className="quiet">{t('tenant.photos.count', { count: files.length })}</p>}
    </>
  );
}
