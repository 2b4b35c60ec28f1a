package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.auth.TokenAnswer;
import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bodies of {@code POST /token} (RFC 6749 §5.1, §5.2). */
final class TokenJson {
  private static final JsonFactory JSON = new JsonFactory();

  private TokenJson() {}

  static byte[] of(TokenAnswer answer) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      switch (answer) {
        case Issued issued -> write(issued, json);
        case Refused refused -> write(refused, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Issued issued, JsonGenerator json) throws IOException {
    json.writeStringField("access_token", issued.accessToken());
    json.writeStringField("token_type", "bearer");
    json.writeNumberField("expires_in", issued.expiresIn().toSeconds());
    json.writeStringField("refresh_token", issued.refreshToken());
    json.writeStringField("scope", issued.scope());
  }

  private static void write(Refused refused, JsonGenerator json) throws IOException {
    json.writeStringField("error", refused.error());
    json.writeStringField("error_description", refused.description());
  }
}
