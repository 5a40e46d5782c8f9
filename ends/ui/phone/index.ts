import './phone.css';

export { LabelledInput } from './LabelledInput.tsx';
export { LanguageButton } from './LanguageButton.tsx';
export { PhonePage } from './PhonePage.tsx';
export { Refused } from './Refused.tsx';
export { SignInForm } from './SignInForm.tsx';
export { startPhoneApp } from './start.tsx';
