package io.messagerelay.propagator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the packages: events move from source to delivery, nothing looks back. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.messagerelay");

  /** Where time and chance come from, whether called or referred to. */
  private static final Set<String> ROOTS_ONLY =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Math.random",
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.Clock.tickMillis",
          "java.time.InstantSource.system",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  @Test
  void packages_know_only_those_behind_them() {
    layers()
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("source")
        .mayOnlyAccessLayers("spool", "loop", "contract", "base")
        .whereLayer("delivery")
        .mayOnlyAccessLayers("spool", "auth", "loop", "contract")
        .whereLayer("management")
        .mayOnlyAccessLayers("delivery", "spool", "base")
        .whereLayer("trace")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("trace")
        .mayOnlyAccessLayers("delivery", "spool", "contract", "base")
        .whereLayer("spool")
        .mayOnlyAccessLayers("contract", "base")
        .whereLayer("auth")
        .mayOnlyAccessLayers("contract", "base")
        .whereLayer("loop")
        .mayNotAccessAnyLayer()
        .check(OURS);
  }

  private static LayeredArchitecture layers() {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.messagerelay..")
            .withOptionalLayers(true)
            .layer("contract")
            .definedBy("io.messagerelay.contract..")
            .layer("base")
            .definedBy("io.messagerelay.base..");
    for (String name :
        Set.of("app", "management", "trace", "source", "delivery", "auth", "spool", "loop")) {
      layers = layers.layer(name).definedBy("io.messagerelay.propagator." + name + "..");
    }
    return layers;
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("io.messagerelay.propagator.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void databases_are_known_to_the_spool_and_the_outbox_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.messagerelay.propagator.spool..",
            "io.messagerelay.propagator.source.outbox..",
            "io.messagerelay.servers..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(OURS);
  }

  @Test
  void http_is_known_to_delivery_and_auth_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.messagerelay.propagator.delivery..", "io.messagerelay.propagator.auth..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..")
        .check(OURS);
  }

  @Test
  void clocks_and_randomness_come_from_the_root() {
    noClasses()
        .that()
        .resideInAPackage("io.messagerelay.propagator..")
        .and()
        .resideOutsideOfPackage("io.messagerelay.propagator.app..")
        .should()
        .accessTargetWhere(takesTimeOrChance())
        .check(OURS);
  }

  private static DescribedPredicate<JavaAccess<?>> takesTimeOrChance() {
    return describe("takes time or chance", call -> ROOTS_ONLY.contains(name(call.getTarget())));
  }

  private static String name(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }
}
