package io.messagerelay.benchmarks.service;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Put into event-consumer's JVM as an agent, leaves the service as it was built but for its store:
 * an append answers at once that every event is stored, and stores none. What is left is the cost
 * of HTTP, token, JSON and intake.
 */
public final class WithoutStore {
  private static final String STORE = "io/messagerelay/consumer/store/JdbcEventStore";
  private static final String APPEND = "append";
  private static final ClassDesc STORED =
      ClassDesc.of("io.messagerelay.consumer.store.EventStore$Appended$Stored");
  private static final ClassDesc COLLECTIONS = ClassDesc.of("java.util.Collections");
  private static final long POSITION = 1_000_000;

  private WithoutStore() {}

  public static void premain(String arguments, Instrumentation jvm) {
    jvm.addTransformer(new StoreRewriter());
  }

  private static final class StoreRewriter implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] bytes) {
      return STORE.equals(name) ? rewritten(bytes) : null;
    }

    private static byte[] rewritten(byte[] bytes) {
      ClassFile format = ClassFile.of();
      return format.transformClass(
          format.parse(bytes),
          ClassTransform.transformingMethods(
              StoreRewriter::isAppend,
              MethodTransform.dropping(CodeModel.class::isInstance)
                  .andThen(
                      MethodTransform.endHandler(
                          method -> method.withCode(WithoutStore::answer)))));
    }

    private static boolean isAppend(MethodModel method) {
      return method.methodName().equalsString(APPEND);
    }
  }

  /** {@code return Collections.nCopies(group.size(), new Stored(POSITION))}. */
  private static void answer(CodeBuilder code) {
    code.aload(code.parameterSlot(0))
        .invokeinterface(ConstantDescs.CD_List, "size", MethodTypeDesc.of(ConstantDescs.CD_int))
        .new_(STORED)
        .dup()
        .loadConstant(POSITION)
        .invokespecial(
            STORED,
            ConstantDescs.INIT_NAME,
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long))
        .invokestatic(
            COLLECTIONS,
            "nCopies",
            MethodTypeDesc.of(ConstantDescs.CD_List, ConstantDescs.CD_int, ConstantDescs.CD_Object))
        .areturn();
  }
}
