// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/invocation.h"

#include <algorithm>

namespace Earshot {

namespace {

QString latin(const char *text)
{
    return QString::fromLatin1(text);
}

const CommandOption *findOption(const QList<CommandOption> &options, const QString &name)
{
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&name](const CommandOption &option) { return latin(option.name) == name; });
    return found == options.end() ? nullptr : &*found;
}

using GivenOptions = QList<std::pair<QString, QString>>;

bool isAmong(const GivenOptions &given, const char *option)
{
    return std::any_of(given.begin(), given.end(), [option](const auto &one) { return one.first == latin(option); });
}

QString lastOf(const GivenOptions &given, const char *option)
{
    QString last;
    for (const auto &[name, value] : given) {
        if (name == latin(option))
            last = value;
    }
    return last;
}

bool isSecretOption(const QString &name)
{
    static const QStringList secrets = {QStringLiteral("password"), QStringLiteral("token"), QStringLiteral("secret"),
                                        QStringLiteral("key")};
    return secrets.contains(name);
}

/// Reads words one after another into an invocation.
class Parser
{
public:
    Parser(const QStringList &words, const QList<Command> &commands)
        : m_words(words)
        , m_commands(commands)
    {
    }

    Result<Invocation> parse()
    {
        while (m_next < m_words.size() && !m_problem) {
            const QString word = m_words.at(m_next++);
            if (!m_onlyArguments && word == QLatin1StringView("--"))
                m_onlyArguments = true;
            else if (!m_onlyArguments && word.size() > 1 && word.startsWith(QLatin1Char('-')))
                readOption(word);
            else
                readWord(word);
        }
        if (!m_problem)
            finish();
        if (m_problem)
            return tl::unexpected(*m_problem);
        return m_result;
    }

private:
    void complain(const QString &detail)
    {
        if (!m_problem)
            m_problem = Error{ErrorKind::invalid, detail, {}};
    }

    void readWord(const QString &word)
    {
        if (m_result.command != nullptr) {
            m_result.arguments.append(word);
            return;
        }
        if (m_result.group.isEmpty() && word == QLatin1StringView("help")) {
            m_result.wantsHelp = true;
            return;
        }
        const QString name = m_result.group.isEmpty() ? word : m_result.group + QLatin1Char(' ') + word;
        const Command *command = commandNamed(name);
        if (isGroup(name) && !(command != nullptr && !nextIsSubcommand(name))) {
            m_result.group = name;
            return;
        }
        if (command == nullptr)
            return complain(QStringLiteral("There is no command \"%1\". See earshotctl --help").arg(name));
        m_result.command = command;
        m_result.group = name.section(QLatin1Char(' '), 0, 0);
    }

    /// "outbox" is a command and begins the name of others.
    bool nextIsSubcommand(const QString &name) const
    {
        return m_next < m_words.size() && commandNamed(name + QLatin1Char(' ') + m_words.at(m_next)) != nullptr;
    }
    bool isGroup(const QString &name) const
    {
        return std::any_of(m_commands.begin(), m_commands.end(), [&name](const Command &command) {
            return latin(command.name).startsWith(name + QLatin1Char(' '));
        });
    }
    const Command *commandNamed(const QString &name) const
    {
        const auto found = std::find_if(m_commands.begin(), m_commands.end(),
                                        [&name](const Command &command) { return latin(command.name) == name; });
        return found == m_commands.end() ? nullptr : &*found;
    }

    void readOption(const QString &word)
    {
        if (word == QLatin1StringView("-h") || word == QLatin1StringView("--help")) {
            m_result.wantsHelp = true;
            return;
        }
        if (word == QLatin1StringView("--version")) {
            m_result.wantsVersion = true;
            return;
        }
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = word.mid(2, equals < 0 ? -1 : equals - 2);
        const bool isLong = word.startsWith(QLatin1StringView("--"));
        const CommandOption *own = isLong ? ownOption(name) : nullptr;
        const CommandOption *option = own != nullptr || !isLong ? own : findOption(globalOptions(), name);
        if (option == nullptr)
            return complain(unknownOption(word, name));
        QString value;
        if (option->value == nullptr) {
            if (equals >= 0)
                return complain(QStringLiteral("--%1 takes no value").arg(name));
        } else if (equals >= 0) {
            value = word.mid(equals + 1);
        } else if (m_next < m_words.size()) {
            value = m_words.at(m_next++);
        } else {
            return complain(QStringLiteral("--%1 needs a value: --%1 %2").arg(name, latin(option->value)));
        }
        (own != nullptr ? m_result.options : m_result.globals).append({name, value});
    }

    const CommandOption *ownOption(const QString &name) const
    {
        return m_result.command != nullptr ? findOption(m_result.command->options, name) : nullptr;
    }

    QString unknownOption(const QString &word, const QString &name) const
    {
        if (isSecretOption(name))
            return QStringLiteral("A secret is never an argument: other programs on this machine can read those. Put "
                                  "it into a file and give --password-file FILE or --token-file FILE (- reads "
                                  "standard input)");
        if (m_result.command == nullptr)
            return QStringLiteral("The option %1 is not known before a command. See earshotctl --help").arg(word);
        return QStringLiteral("\"%1\" has no option %2 (a text that begins with - goes after --). See earshotctl %1 "
                              "--help")
            .arg(latin(m_result.command->name), word);
    }

    void finish()
    {
        if (m_result.wantsHelp || m_result.wantsVersion)
            return;
        if (m_result.command == nullptr) {
            return complain(
                m_result.group.isEmpty()
                    ? QStringLiteral("Which command? See earshotctl --help")
                    : QStringLiteral("\"%1\" needs one more word. See earshotctl %1 --help").arg(m_result.group));
        }
        const Command &command = *m_result.command;
        const qsizetype given = m_result.arguments.size();
        if (given < command.least || (command.most >= 0 && given > command.most)) {
            complain(QStringLiteral("Too %1 arguments. Usage: earshotctl %2 %3")
                         .arg(given < command.least ? QStringLiteral("few") : QStringLiteral("many"),
                              latin(command.name), latin(command.arguments))
                         .trimmed());
        }
    }

    QStringList m_words;
    const QList<Command> &m_commands;
    Invocation m_result;
    std::optional<Error> m_problem;
    qsizetype m_next = 0;
    bool m_onlyArguments = false;
};

} // namespace

bool Invocation::has(const char *option) const
{
    return isAmong(options, option);
}

QString Invocation::value(const char *option) const
{
    return lastOf(options, option);
}

bool Invocation::hasGlobal(const char *option) const
{
    return isAmong(globals, option);
}

QString Invocation::globalValue(const char *option) const
{
    return lastOf(globals, option);
}

const QList<CommandOption> &globalOptions()
{
    static const QList<CommandOption> options = {
        {"workspace", "FILE", "the workspace file; without it the desktop's"},
        {"agent", "NAME", "who acts on a file; without it the first admin, or whose replica it is"},
        {"server", "URL", "work on a server instead of a file, as who logged in there (earshotctl login)"},
        {"token-file", "FILE", "holds the token for --server, if the keychain does not; - reads standard input"},
        {"ca-file", "FILE", "also trust the certificates in this file (PEM), for a server with one of its own"},
        {"key-file", "FILE", "the key of the encrypted secrets file, where there is no keychain"},
        {"json", nullptr, "print one JSON document; errors as {\"error\": {\"kind\", \"detail\"}}"},
    };
    return options;
}

Result<Invocation> parseInvocation(const QStringList &words, const QList<Command> &commands)
{
    return Parser(words, commands).parse();
}

} // namespace Earshot
