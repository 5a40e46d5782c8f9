/** Octets kept free for the CMS: with RSA 3072 and one certificate it takes about 2,500. */
export const sealRoom = 8192;
/** Ten digits each, so that the numbers written later take the same room. */
export const rangeRoom = 9_999_999_999;

interface SealMark {
  readonly name: string;
  readonly reason: string;
  readonly at: Date;
}

/** The form of the file; the library opens one for fields it draws itself and has no door for others. */
interface WithForm {
  readonly _root: { readonly data: { readonly AcroForm: { readonly data: Record<string, unknown> } } };
}

/** Writes an invisible signature field with room for the seal to the first page. */
export function prepareSeal(page: PDFKit.PDFDocument, { name, reason, at }: SealMark): void {
  page.switchToPage(page.bufferedPageRange().start);
  const value = page.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, rangeRoom, rangeRoom, rangeRoom],
    Contents: Buffer.alloc(sealRoom),
    M: at,
    Name: new String(name),
    Reason: new String(reason),
  });
  const field = page.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    Rect: [0, 0, 0, 0],
    T: new String('Seal1'),
    F: 132,
    V: value,
    P: page.page.dictionary,
  });
  const dictionary = page.page.dictionary.data;
  dictionary.Annots = [...(dictionary.Annots ?? []), field];
  page.initForm();
  const form = (page as unknown as WithForm)._root.data.AcroForm.data;
  form.Fields = [field];
  form.SigFlags = 3;
  form.NeedAppearances = false;
  field.end(undefined);
  value.end(undefined);
}
