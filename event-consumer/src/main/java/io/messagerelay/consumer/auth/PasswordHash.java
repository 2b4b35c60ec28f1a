package io.messagerelay.consumer.auth;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slow hash of a password. Its cost is bounded, because whoever asks for a token makes this
 * service pay it.
 */
final class PasswordHash implements StoredPassword {
  private static final Pattern ARGON2ID =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,5}),t=[1-9]\\d?,p=[1-9]\\d?\\$[A-Za-z0-9+/]{11,}\\$[A-Za-z0-9+/]{22,}");
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-6])\\$[A-Za-z0-9./]{53}");

  /** 256 MiB; OWASP's proposals need 46 MiB or less. */
  private static final int MOST_KIBIBYTES = 262_144;

  private final HashingFunction function;
  private final String hash;

  private PasswordHash(HashingFunction function, String hash) {
    this.function = function;
    this.hash = hash;
  }

  static PasswordHash of(String hash) {
    Matcher argon2id = ARGON2ID.matcher(hash);
    if (argon2id.matches() && Integer.parseInt(argon2id.group(1)) <= MOST_KIBIBYTES) {
      return new PasswordHash(Argon2Function.getInstanceFromHash(hash), hash);
    }
    if (BCRYPT.matcher(hash).matches()) {
      return new PasswordHash(BcryptFunction.getInstanceFromHash(hash), hash);
    }
    throw new IllegalArgumentException(
        "is not a password hash that is understood; expected $argon2id$v=19$m=…,t=…,p=…$salt$hash"
            + " with at most 256 MiB, or bcrypt ($2a$, $2b$ or $2y$) with a cost of 04 to 16");
  }

  @Override
  public boolean matches(String given) {
    return function.check(given, hash);
  }
}
