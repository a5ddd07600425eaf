// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QList>
#include <QStringList>

#include <utility>

namespace Earshot {

class Call;

/// An option `--name` or `--name VALUE` of a command.
struct CommandOption
{
    const char *name;
    const char *value; ///< what stands for its value in the help; null = it has none
    const char *help;
};

/// One command of the command line: what drives parsing, --help and doing.
struct Command
{
    const char *name;      ///< one or two words: "pull", "channel add"
    const char *arguments; ///< as in the usage line: "NUMBER TEXT|-"
    int least;             ///< so many arguments at least ...
    int most;              ///< ... and at most; -1 = any number
    const char *help;      ///< one line
    Done (*carryOut)(Call &call);
    QList<CommandOption> options;
    bool needsFile = false;     ///< works on a file only, not against a server
    const char *more = nullptr; ///< sentences that its own --help has beside; null = none
};

/// What was asked for on the command line.
struct Invocation
{
    const Command *command = nullptr; ///< null: only help or version is wanted
    QString group;                    ///< the first word, for the help of a group of commands
    QStringList arguments;
    QList<std::pair<QString, QString>> options; ///< the command's own, in their order, without the dashes
    QList<std::pair<QString, QString>> globals; ///< the same of those that every command takes
    bool wantsHelp = false;
    bool wantsVersion = false;

    [[nodiscard]] bool has(const char *option) const;
    /// The last value given, or an empty text.
    [[nodiscard]] QString value(const char *option) const;
    /// Of the options that every command takes.
    [[nodiscard]] bool hasGlobal(const char *option) const;
    [[nodiscard]] QString globalValue(const char *option) const;
};

/// Options that every command takes, before or after its name. A command that has one of the same name means its own by
/// it; before the command it is the one of all.
[[nodiscard]] const QList<CommandOption> &globalOptions();

/// @param words the program's arguments without its name. "--option=value" and "--option value" are the same; after
/// "--" everything is an argument. Errors: invalid, with what to do instead.
[[nodiscard]] Result<Invocation> parseInvocation(const QStringList &words, const QList<Command> &commands);

} // namespace Earshot
