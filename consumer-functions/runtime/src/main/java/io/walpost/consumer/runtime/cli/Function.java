package io.walpost.consumer.runtime.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command that has all others. */
@Command(
        name = "function",
        description = {
            "A consumer of Walpost: applies the effect of each event once.",
            "",
            "Settings come from system properties, the environment (WALPOST_CONSUMER_NAME …) and"
                    + " config/application.properties. docs/configuration/walpost-consumer.md lists them."
        },
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:Done.",
            "2:The command line is wrong.",
            "3:Done, and what was found wants somebody's attention.",
            "69:The database or Kafka cannot be reached.",
            "70:A defect.",
            "75:Not done, or not all of it: try again.",
            "77:The database or Kafka refused the consumer.",
            "78:A setting is wrong, or the database is not prepared."
        },
        subcommands = {ServeCommand.class, DlqCommand.class, OffsetsCommand.class, InboxCommand.class})
final class Function extends CommandGroup {

    /** Ready to execute. */
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Function());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(true);
        commands.setParameterExceptionHandler(Function::explainMistake);
        commands.setExecutionExceptionHandler((defect, command, parsed) -> {
            command.getErr().println("The command failed by a defect; please report it:");
            defect.printStackTrace(command.getErr());
            return ExitCode.FAILURE;
        });
        return commands;
    }

    private static int explainMistake(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
