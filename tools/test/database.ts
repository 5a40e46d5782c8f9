import { prepareDatabase } from '@keystead/kernel/testing/installation';

/** Before black-box tests: the database their installations begin with, which is gone after the last of them. */
export default prepareDatabase;
