// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/restlessdesktop.h"

#include "networks/authorities.h"
#include "replica/replicasession.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

void say(const QString &word, int number)
{
    std::printf("%s %d\n", qPrintable(word), number);
    std::fflush(stdout);
}

ActionArguments deed(int number)
{
    const ConversationId conversation(1 + 2 * (number % 3));
    const QString text = str("text %1").arg(number);
    if (number % 5 == 4)
        return Act::AddTag{conversation, str("tag%1").arg(number)};
    if (number % 2 == 0)
        return Act::AddNote{conversation, text};
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = text;
    return reply;
}

/// A desktop without a window: acts without end, several things at a time, and says what it asked for and what was
/// acknowledged. It is ended from outside.
class Worker final : public QObject
{
public:
    Worker(ReplicaSession &session, const Clock &clock, int first, std::chrono::milliseconds pause)
        : m_session(session)
        , m_clock(clock)
        , m_next(first)
        , m_pause(pause)
    {
    }

    /// Nothing more after this.
    void rest() { m_isResting = true; }

    void act()
    {
        if (m_isResting)
            return;
        const int number = m_next++;
        say(str("asks"), number);
        const QFuture<QList<Outcome>> done = m_session.desk().perform({makeAction(deed(number), m_clock.now())});
        whenDone(done, this, [this, number](const QList<Outcome> &outcomes) {
            if (!outcomes.isEmpty() && outcomes.constFirst().isApplied())
                say(str("has"), number);
            if (m_pause.count() == 0)
                act();
            else
                QTimer::singleShot(m_pause, this, [this] { act(); });
        });
    }

private:
    ReplicaSession &m_session;
    const Clock &m_clock;
    int m_next;
    const std::chrono::milliseconds m_pause;
    bool m_isResting = false;
};

/// Ends the process when nothing waits and the server is there.
void endWhenSettled(ReplicaSession &session)
{
    auto *look = new QTimer(&session);
    QObject::connect(look, &QTimer::timeout, &session, [&session] {
        const bool isCurrent = session.desk().status().kind == DeskStatus::Kind::current;
        if (isCurrent && session.desk().waitingActions().isEmpty() && session.desk().waitingCount() == 0)
            QCoreApplication::quit();
    });
    look->start(std::chrono::milliseconds(200));
}

} // namespace

int workUntilKilled(const QStringList &arguments)
{
    const SystemClock clock;
    const QString authorities = arguments.value(3);
    if (!authorities.isEmpty()) {
        const auto pem = readAuthorities(authorities);
        if (!pem || !trustAuthorities(*pem))
            qFatal("no certificates");
    }
    ReplicaSession::Options options;
    options.path = arguments.at(0);
    options.token = Secret(arguments.at(1).toLatin1());
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    options.patience = std::chrono::milliseconds(30);
    auto session = ReplicaSession::open(options, clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    const int first = arguments.at(2).toInt();
    if (first == 0) {
        endWhenSettled(**session);
        return QCoreApplication::exec();
    }
    Worker worker(**session, clock, first, std::chrono::milliseconds(arguments.value(4).toInt()));
    QObject::connect(session->get(), &ReplicaSession::usable, &worker, [&worker] {
        for (int i = 0; i < 4; ++i)
            worker.act();
    });
    // A word on its input: it acts no more, and ends when all is done.
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &worker, [&] {
        char byte = 0;
        input.setEnabled(false);
        if (read(STDIN_FILENO, &byte, 1) != 1)
            return;
        worker.rest();
        endWhenSettled(**session);
    });
    return QCoreApplication::exec();
}

} // namespace Earshot
