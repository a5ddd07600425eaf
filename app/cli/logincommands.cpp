// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/jmapclient.h"
#include "cli/serverlogin.h"

#include <QSysInfo>

#include <array>
#include <termios.h>
#include <unistd.h>

namespace Earshot {

namespace {

constexpr qint64 longestLine = 1024;

/// What is typed does not appear while this lives. Does nothing where standard input is no terminal.
class HiddenTyping
{
public:
    HiddenTyping()
        : m_isTerminal(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_isTerminal)
            return;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ~HiddenTyping()
    {
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Q_DISABLE_COPY_MOVE(HiddenTyping)
    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before{};
    bool m_isTerminal;
};

/// The password of --password-file, else one line of standard input; a terminal is asked for it.
Result<Secret> givenPassword(Call &call)
{
    Result<QByteArray> given = QByteArray();
    if (call.has("password-file")) {
        given = readInput(call.value("password-file"), longestLine);
    } else {
        const HiddenTyping hidden;
        if (hidden.isTerminal())
            std::fputs("Password: ", stderr);
        std::array<char, longestLine> line{};
        given = QByteArray(std::fgets(line.data(), int(line.size()), stdin));
        if (hidden.isTerminal())
            std::fputc('\n', stderr);
    }
    if (!given)
        return tl::unexpected(given.error());
    while (given->endsWith('\n') || given->endsWith('\r'))
        given->chop(1);
    if (given->isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("The password is empty"));
    return Secret(*given);
}

Done login(Call &call)
{
    const Result<QUrl> server = givenServer(call.invocation());
    if (!server)
        return tl::unexpected(server.error());
    if (!call.has("user"))
        return fail(ErrorKind::invalid, QStringLiteral("Who logs in? --user NAME"));
    const Result<Secret> password = givenPassword(call);
    if (!password)
        return tl::unexpected(password.error());
    const QString device =
        call.has("device") ? call.value("device") : QStringLiteral("earshotctl on ") + QSysInfo::machineHostName();
    JmapClient stranger(*server, {}, call.interrupt(), call.clock());
    const auto answer = stranger.send("POST", QStringLiteral("/auth/login"),
                                      {{QStringLiteral("name"), call.value("user")},
                                       {QStringLiteral("password"), QString::fromUtf8(password->reveal())},
                                       {QStringLiteral("device"), device}});
    if (!answer)
        return tl::unexpected(answer.error());
    const QString text = answer->value(QLatin1StringView("token")).toString();
    const Secret token(text.toLatin1());
    QJsonObject json{{QStringLiteral("server"), server->toString()},
                     {QStringLiteral("agent"), answer->value(QLatin1StringView("name")).toString()},
                     {QStringLiteral("id"), answer->value(QLatin1StringView("id")).toString()},
                     {QStringLiteral("device"), answer->value(QLatin1StringView("device")).toString()}};
    if (call.has("print")) {
        json.insert(QStringLiteral("token"), text);
        call.output().text(text);
    } else if (const Done kept = keepToken(call.invocation(), *server, token, call.interrupt()); !kept) {
        // Nobody would ever use it.
        JmapClient useless(*server, token, call.interrupt(), call.clock());
        static_cast<void>(useless.send("POST", QStringLiteral("/auth/logout"), {}));
        return kept;
    } else {
        call.output().text(QStringLiteral("%1 is logged in at %2.").arg(call.value("user"), server->toString()));
    }
    call.output().json(json);
    return {};
}

Done logout(Call &call)
{
    const Result<QUrl> server = givenServer(call.invocation());
    if (!server)
        return tl::unexpected(server.error());
    const Result<Secret> token = findToken(call.invocation(), *server, call.interrupt());
    if (!token)
        return tl::unexpected(token.error());
    JmapClient device(*server, *token, call.interrupt(), call.clock());
    const auto ended = device.send("POST", QStringLiteral("/auth/logout"), {});
    // A token that the server no longer knows is to be forgotten all the same.
    if (!ended && ended.error().kind != ErrorKind::authExpired)
        return tl::unexpected(ended.error());
    if (!call.invocation().hasGlobal("token-file")) {
        if (Done forgotten = forgetToken(call.invocation(), *server, call.interrupt()); !forgotten)
            return forgotten;
    }
    call.output().text(QStringLiteral("Logged out at %1.").arg(server->toString()));
    call.output().json(QJsonObject{{QStringLiteral("server"), server->toString()}});
    return {};
}

} // namespace

QList<Command> loginCommands()
{
    return {
        {"login",
         "",
         0,
         0,
         "Log in at --server; what the device is given is kept in the keychain",
         login,
         {{"user", "NAME", "who logs in"},
          {"password-file", "FILE", "holds the password; without it it is asked for, or read from standard input"},
          {"device", "TEXT", "what this device is called; without it after this machine"},
          {"print", nullptr, "print the token instead of keeping it"}}},
        {"logout", "", 0, 0, "End this device's log-in at --server and forget its token", logout, {}},
    };
}

} // namespace Earshot
