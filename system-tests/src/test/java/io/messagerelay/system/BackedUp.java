package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;

/**
 * What a client keeps of a store from before it was restored.
 *
 * @param token to ask with
 * @param refreshToken to get a new one
 * @param next where its list goes on
 */
record BackedUp(String token, String refreshToken, String next) {

  /** Of a store that has an event. */
  static BackedUp look(ConsumerApi api) throws IOException {
    JsonNode tokens = ConsumerApi.tree(api.login(Installation.ACCOUNT, Installation.PASSWORD));
    String token = tokens.get("access_token").asText();
    String next = api.page(token, ConsumerApi.list(1)).next().orElseThrow();
    return new BackedUp(token, tokens.get("refresh_token").asText(), next);
  }

  /** The cursor and the refresh token; the access token lives on. */
  void assertRefused(ConsumerApi api) throws IOException {
    HttpResponse<String> page = api.get(token, next);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(400);
    assertThat(page.body()).contains("is one of another store");
    assertThat(api.refresh(refreshToken).statusCode()).isEqualTo(400);
    assertThat(api.page(token, ConsumerApi.list(1)).events()).isNotEmpty();
  }
}
