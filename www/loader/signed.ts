/** Before the id of an account among those that the host's server has signed; users stand there as they are called. */
export const ACCOUNT = ":";
