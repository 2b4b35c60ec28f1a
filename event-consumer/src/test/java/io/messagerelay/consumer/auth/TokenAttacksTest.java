package io.messagerelay.consumer.auth;

import static io.messagerelay.consumer.auth.Forge.HEADER;
import static io.messagerelay.consumer.auth.Forge.base64;
import static io.messagerelay.consumer.auth.Forge.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.TokenVerifier.Verification;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Granted;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known attacks on JWTs. Each is tried on a verifier that remembers tokens and one that does not.
 */
class TokenAttacksTest {
  private static final long NOW = 1_795_600_800;
  private static final long LIFE = 1800;
  private static final String TIMES = "\"iat\":" + NOW + ",\"exp\":" + (NOW + LIFE);
  private static final String WHO = "\"iss\":\"message-relay\",\"aud\":\"message-relay\"";
  private static final String SUB = "\"sub\":\"relay\"";
  private static final String SCOPE = "\"scope\":\"events:write\"";
  private static final String CLAIMS = claims(WHO, SUB, TIMES, SCOPE);
  private static final String GOOD = token(HEADER, CLAIMS);

  private final StoppedClock clock = new StoppedClock("2026-11-25T10:00:00Z");
  private final AccessTokens remembering = verifier(100);
  private final AccessTokens forgetting = verifier(0);

  private AccessTokens verifier(int remembered) {
    return new AccessTokens(
        SigningKey.of(Forge.SECRET),
        new TokenTerms("message-relay", Duration.ofSeconds(LIFE)),
        clock,
        new Random(5),
        remembered);
  }

  record Attack(String name, String token) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String claims(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  private static Attack header(String name, String header) {
    return new Attack("header: " + name, token(header, CLAIMS));
  }

  private static Attack claim(String name, String... members) {
    return new Attack("claims: " + name, token(HEADER, claims(members)));
  }

  private void assertRefused(String token) {
    for (AccessTokens verifier : List.of(remembering, forgetting, remembering)) {
      Verification verification = verifier.verify(token);
      assertThat(verification).isInstanceOf(Invalid.class);
      assertThat(((Invalid) verification).description()).matches("[A-Za-z ]{10,60}");
    }
  }

  @Test
  void the_token_that_the_attacks_start_from_is_good() {
    var good = new Granted("relay", Set.of("events:write"), Instant.ofEpochSecond(NOW + LIFE));
    assertThat(remembering.verify(GOOD)).isEqualTo(good);
    assertThat(forgetting.verify(GOOD)).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "At+Jwt", "application/at+jwt", "APPLICATION/at+JWT"})
  void grants_every_spelling_of_the_type(String type) {
    assertThat(remembering.verify(token("{\"typ\":\"" + type + "\",\"alg\":\"HS256\"}", CLAIMS)))
        .isInstanceOf(Granted.class);
  }

  @ParameterizedTest
  @MethodSource
  void refuses_an_algorithm_that_is_not_the_keys(Attack attack) {
    assertRefused(attack.token());
  }

  static Stream<Attack> refuses_an_algorithm_that_is_not_the_keys() {
    var attacks = new ArrayList<Attack>();
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      String input = base64("{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\"}") + "." + base64(CLAIMS);
      attacks.add(new Attack(none + " without signature", input + "."));
      attacks.add(
          header(none + " with signature", "{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\"}"));
    }
    for (String bits : List.of("384", "512")) {
      String header = "{\"alg\":\"HS" + bits + "\",\"typ\":\"at+jwt\"}";
      attacks.add(new Attack("HS" + bits, token("HmacSHA" + bits, Forge.SECRET, header, CLAIMS)));
    }
    for (String other : List.of("RS256", "ES256", "EdDSA", "hs256", "HS256 ", "")) {
      attacks.add(header("alg " + other, "{\"alg\":\"" + other + "\",\"typ\":\"at+jwt\"}"));
    }
    attacks.add(header("no alg", "{\"typ\":\"at+jwt\"}"));
    attacks.add(header("alg null", "{\"alg\":null,\"typ\":\"at+jwt\"}"));
    attacks.add(header("alg array", "{\"alg\":[\"HS256\"],\"typ\":\"at+jwt\"}"));
    attacks.add(new Attack("foreign key", token("HmacSHA256", "x".repeat(64), HEADER, CLAIMS)));
    attacks.add(
        new Attack(
            "shortened key", token("HmacSHA256", Forge.SECRET.substring(1), HEADER, CLAIMS)));
    return attacks.stream();
  }

  @ParameterizedTest
  @MethodSource
  void refuses_a_header_that_is_not_ours(Attack attack) {
    assertRefused(attack.token());
  }

  static Stream<Attack> refuses_a_header_that_is_not_ours() {
    return Stream.of(
            "{\"alg\":\"HS256\"}",
            "{\"alg\":\"HS256\",\"typ\":null}",
            "{\"alg\":\"HS256\",\"typ\":7}",
            "{\"alg\":\"HS256\",\"typ\":\"\"}",
            "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
            "{\"alg\":\"HS256\",\"typ\":\"rt+jwt\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt \"}",
            "{\"alg\":\"HS256\",\"typ\":\"text/at+jwt\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"cty\":\"JWT\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"zip\":\"DEF\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"b64\":false}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[\"x\"],\"x\":1}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[]}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"../../dev/null\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":[\"1\"]}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"jku\":\"http://127.0.0.1:1/k\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x5u\":\"http://127.0.0.1:1/k\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x5c\":[\"AAAA\"]}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"exp\":1}",
            "{\"alg\":\"HS256\",\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
            "{\"alg\":\"none\",\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
            "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"typ\":\"at+jwt\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"} {}",
            "[\"HS256\"]",
            "null",
            "",
            "[".repeat(2000))
        .map(header -> header(header, header));
  }

  @ParameterizedTest
  @MethodSource
  void refuses_claims_that_are_not_those_of_this_service(Attack attack) {
    assertRefused(attack.token());
  }

  static Stream<Attack> refuses_claims_that_are_not_those_of_this_service() {
    var attacks = new ArrayList<Attack>();
    for (String wrong :
        List.of(
            "\"other\"",
            "[\"message-relay\"]",
            "[\"other\",\"message-relay\"]",
            "\"message\"",
            "\"message-relay2\"",
            "\"Message-Relay\"",
            "\"message-relay/\"",
            "\"message-relay/token\"",
            "\"\"",
            "7",
            "null")) {
      attacks.add(claim("iss", "\"iss\":" + wrong, "\"aud\":\"message-relay\"", SUB, TIMES, SCOPE));
      attacks.add(claim("aud", "\"aud\":" + wrong, "\"iss\":\"message-relay\"", SUB, TIMES, SCOPE));
    }
    for (String wrong : List.of("\"\"", "[\"relay\"]", "7", "null")) {
      attacks.add(claim("sub " + wrong, WHO, "\"sub\":" + wrong, TIMES, SCOPE));
    }
    for (String wrong : List.of("\"\"", "\" a\"", "\"a  b\"", "\"\\\"\"", "[\"events:write\"]")) {
      attacks.add(claim("scope " + wrong, WHO, SUB, TIMES, "\"scope\":" + wrong));
    }
    attacks.add(claim("no iss", "\"aud\":\"message-relay\"", SUB, TIMES, SCOPE));
    attacks.add(claim("no aud", "\"iss\":\"message-relay\"", SUB, TIMES, SCOPE));
    attacks.add(claim("no sub", WHO, TIMES, SCOPE));
    attacks.add(claim("no scope", WHO, SUB, TIMES));
    attacks.add(claim("sub twice", WHO, SUB, SUB, TIMES, SCOPE));
    attacks.add(claim("exp twice", WHO, SUB, TIMES, "\"exp\":" + (NOW + 9), SCOPE));
    attacks.add(new Attack("not an object", token(HEADER, "[1]")));
    attacks.add(new Attack("null", token(HEADER, "null")));
    attacks.add(new Attack("not JSON", token(HEADER, "relay")));
    attacks.add(new Attack("nothing", token(HEADER, "")));
    return attacks.stream();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'iat':NOW",
        "'exp':END",
        "'iat':NOW,'exp':'END'",
        "'iat':NOW,'exp':END.5",
        "'iat':NOW,'exp':END.0",
        "'iat':NOW,'exp':1.795601e9",
        "'iat':NOW,'exp':-1",
        "'iat':NOW,'exp':1e400",
        "'iat':NOW,'exp':9223372036854775807",
        "'iat':NOW,'exp':9223372036854775808",
        "'iat':NOW,'exp':null",
        "'iat':NOW,'exp':true",
        "'iat':NOW,'exp':NOW",
        "'iat':NOW,'exp':END1",
        "'iat':-9223372036854775807,'exp':END",
        "'iat':-1,'exp':END",
        "'iat':'NOW','exp':END",
        "'iat':1795600861,'exp':1795600862",
        "'iat':1795599000,'exp':NOW",
        "'iat':1795600799,'exp':END",
        "'iat':NOW,'exp':END,'nbf':1795600861",
        "'iat':NOW,'exp':END,'nbf':END",
        "'iat':NOW,'exp':END,'nbf':9223372036854775807",
        "'iat':NOW,'exp':END,'nbf':null",
        "'iat':NOW,'exp':END,'nbf':'NOW'",
        "'iat':9223372036854775806,'exp':9223372036854775807",
        "'iat':31556889864403199,'exp':31556889864403200",
      })
  void refuses_times_that_are_not_whole_seconds_of_a_life_that_is_now(String times) {
    String json =
        times.replace('\'', '"').replace("NOW", "" + NOW).replace("END", "" + (NOW + LIFE));

    assertRefused(token(HEADER, claims(WHO, SUB, json, SCOPE)));
  }

  @Test
  void grants_a_token_whose_nbf_is_within_a_minute() {
    assertThat(
            remembering.verify(
                token(HEADER, claims(WHO, SUB, TIMES, SCOPE, "\"nbf\":" + (NOW + 60)))))
        .isInstanceOf(Granted.class);
  }

  @ParameterizedTest
  @MethodSource
  void refuses_another_form_of_the_same_token(Attack attack) {
    remembering.verify(GOOD);

    assertRefused(attack.token());
  }

  static Stream<Attack> refuses_another_form_of_the_same_token() {
    String[] part = GOOD.split("\\.", -1);
    char last = GOOD.charAt(GOOD.length() - 1);
    return Stream.of(
        new Attack("nothing", ""),
        new Attack("dots", ".."),
        new Attack("2 parts", part[0] + "." + part[1]),
        new Attack("no signature", part[0] + "." + part[1] + "."),
        new Attack("no header", "." + part[1] + "." + part[2]),
        new Attack("no claims", part[0] + ".." + part[2]),
        new Attack("4 parts", GOOD + "." + part[2]),
        new Attack("final dot", GOOD + "."),
        new Attack("5 parts, as a JWE", GOOD + ".AAAA.AAAA"),
        new Attack("JWE header", base64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + ".." + "A.A.A"),
        new Attack("JSON serialisation", "{\"payload\":\"" + part[1] + "\"}"),
        new Attack("blank before", " " + GOOD),
        new Attack("blank after", GOOD + " "),
        new Attack("line end", GOOD + "\n"),
        new Attack("NUL", GOOD + "\0"),
        new Attack("blank inside", part[0] + ". " + part[1] + "." + part[2]),
        new Attack("padding", GOOD + "="),
        new Attack("percent-encoded", GOOD.replace(".", "%2E")),
        new Attack("quoted", "\"" + GOOD + "\""),
        new Attack("plus", part[0] + "+." + part[1] + "." + part[2]),
        new Attack("slash", part[0] + "." + part[1] + "/." + part[2]),
        new Attack("not ASCII", part[0] + "." + part[1] + ".é" + part[2]),
        new Attack("spare bits", GOOD.substring(0, GOOD.length() - 1) + (char) (last + 1)),
        new Attack("too long", GOOD + "A".repeat(8192)),
        new Attack(
            "too long, and signed",
            token(HEADER, claims(WHO, SUB, TIMES, SCOPE, "\"x\":\"" + "x".repeat(3000) + "\""))));
  }

  @Test
  void refuses_every_single_bit_flip_of_the_signature() {
    int dot = GOOD.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(GOOD.substring(dot));
    assertThat(signature).hasSize(32);
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(GOOD.substring(0, dot) + base64(flipped));
    }
  }

  @Test
  void refuses_a_signature_of_another_length() {
    int dot = GOOD.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(GOOD.substring(dot));
    for (int length : new int[] {1, 16, 31, 33, 64}) {
      assertRefused(GOOD.substring(0, dot) + base64(Arrays.copyOf(signature, length)));
    }
    assertRefused(GOOD.substring(0, dot) + base64(new byte[32]));
  }

  @Test
  void refuses_every_random_change_without_an_exception() {
    long seed = 20_261_125;
    var random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      var changed = new StringBuilder(GOOD);
      int at = random.nextInt(changed.length());
      changed.setCharAt(at, (char) (' ' + random.nextInt(95)));
      if (!changed.toString().equals(GOOD)) {
        assertThat(forgetting.verify(changed.toString()))
            .as("seed %d, change %d: %s", seed, i, changed)
            .isInstanceOf(Invalid.class);
      }
    }
  }

  @Test
  void refuses_a_refresh_token() throws Exception {
    var refresh =
        new RefreshTokens(
            SigningKey.of(Forge.SECRET),
            new TokenTerms("message-relay", Duration.ofSeconds(LIFE)),
            new FakeRefreshTokenStore(),
            clock,
            new Random(6));

    assertRefused(refresh.begin("relay", Set.of("events:write")));
  }
}
