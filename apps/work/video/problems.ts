import { problem } from '@keystead/contracts/problem';

/** No such camera in what the actor sees. */
export class CameraMissing extends problem('camera-missing', 404) {}
/** The camera is not entered at the media server yet. */
export class CameraNotEntered extends problem('camera-not-entered', 409) {}
/** Another camera has this stream name, or this number at the upper platform. */
export class CameraNameTaken extends problem('camera-name-taken', 409) {}
/** The organisation has not said which media server it uses. */
export class MediaServerUnset extends problem('media-server-unset', 409) {}
/** Nothing was recorded at the media server in that while. */
export class RecordingMissing extends problem('recording-missing', 404) {}
export class RecorderMissing extends problem('recorder-missing', 404) {}
/** The address of the media server is no http or https address, or holds a password. */
export class MediaAddressInvalid extends problem('media-address-invalid', 400) {}
