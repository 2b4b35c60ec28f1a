package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.store.StoreException;

/** One way to get tokens, by its {@code grant_type}. */
interface Grant {

  /**
   * @throws StoreException when the refresh token could not be kept; no token is issued then
   */
  TokenAnswer answer(TokenForm form, String address) throws StoreException;
}
