package io.walpost.consumer.runtime.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Where the process of a function begins: it serves unless it is told something else. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        CommandLine commands = Function.commandLine();
        if (arguments.length == 0 || isToServe(commands, arguments)) {
            Quarkus.run();
        } else if (needsFunction(commands, arguments)) {
            CommandMode.begin();
            Quarkus.run(CommandApplication.class, arguments);
        } else {
            System.exit(commands.execute(arguments));
        }
    }

    private static boolean isToServe(CommandLine commands, String... arguments) {
        return arguments.length == 1
                && commands.getSubcommands().get(arguments[0]) != null
                && commands.getSubcommands().get(arguments[0]).getCommand() instanceof ServeCommand;
    }

    /** Help and mistakes are answered at once, without the function's settings. */
    private static boolean needsFunction(CommandLine commands, String... arguments) {
        try {
            CommandLine.ParseResult command = commands.parseArgs(arguments);
            while (command.hasSubcommand()) {
                if (command.isUsageHelpRequested()) {
                    return false;
                }
                command = command.subcommand();
            }
            return !command.isUsageHelpRequested() && command.commandSpec().userObject() instanceof FunctionCommand;
        } catch (CommandLine.ParameterException mistake) {
            return false;
        }
    }
}
