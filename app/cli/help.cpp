// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/help.h"

#include "cli/exitcodes.h"

namespace Earshot {

namespace {

QString usageOf(const Command &command)
{
    QString usage = QString::fromLatin1(command.name);
    if (*command.arguments != '\0')
        usage += QLatin1Char(' ') + QString::fromLatin1(command.arguments);
    return usage;
}

QString row(const QString &left, const QString &right, int width)
{
    const QString gap(std::max<qsizetype>(width - left.size(), 2), QLatin1Char(' '));
    return QStringLiteral("  ") + left + gap + right + QLatin1Char('\n');
}

QString optionsText(const QList<CommandOption> &options)
{
    QString text;
    for (const CommandOption &option : options) {
        QString left = QStringLiteral("--") + QString::fromLatin1(option.name);
        if (option.value != nullptr)
            left += QLatin1Char(' ') + QString::fromLatin1(option.value);
        text += row(left, QString::fromLatin1(option.help), 26);
    }
    return text;
}

QString commandHelp(const Command &command)
{
    QString text = QStringLiteral("Usage: earshotctl %1%2\n\n%3.\n")
                       .arg(usageOf(command), command.options.isEmpty() ? QString() : QStringLiteral(" [OPTIONS]"),
                            QString::fromLatin1(command.help));
    if (command.needsFile)
        text += QStringLiteral("It works on a file, not with --server.\n");
    if (command.more != nullptr)
        text += QString::fromLatin1(command.more) + QLatin1Char('\n');
    if (!command.options.isEmpty())
        text += QStringLiteral("\nOptions:\n") + optionsText(command.options);
    return text + QStringLiteral("\nOptions of every command:\n") + optionsText(globalOptions());
}

QString commandList(const QString &group, const QList<Command> &commands)
{
    QString text;
    for (const Command &command : commands) {
        if (group.isEmpty() || QString::fromLatin1(command.name).section(QLatin1Char(' '), 0, 0) == group)
            text += row(usageOf(command), QString::fromLatin1(command.help), 44);
    }
    return text;
}

} // namespace

QString helpText(const Invocation &invocation, const QList<Command> &commands)
{
    if (invocation.command != nullptr)
        return commandHelp(*invocation.command);
    QString text =
        QStringLiteral("Usage: earshotctl [--workspace FILE | --server URL] COMMAND [--json]\n\nCommands:\n") +
        commandList(invocation.group, commands);
    if (!invocation.group.isEmpty())
        return text + QStringLiteral("\nearshotctl COMMAND --help tells a command's options.\n");
    text += QStringLiteral("\nOptions of every command, before or after it:\n") + optionsText(globalOptions()) +
            row(QStringLiteral("--help, --version"), QStringLiteral("earshotctl COMMAND --help tells its options"), 26);
    text += QStringLiteral("\nNUMBER is a conversation's short number (4411 or #4411), its \"id\" with --json. A "
                           "MESSAGE, DELIVERY or\nCHANNEL is named by its id; a channel also by its name or address, "
                           "an agent by the name.\n\nExit codes:\n");
    for (const ExitCodeHelp &code : exitCodes())
        text += row(QString::number(static_cast<int>(code.code)), QString::fromLatin1(code.meaning), 5);
    return text;
}

} // namespace Earshot
