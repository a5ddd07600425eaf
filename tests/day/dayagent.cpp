// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/day/dayagent.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

constexpr int patience = 10; // log-ins that are put off

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonArray listOf(const QJsonObject &action)
{
    QJsonArray list;
    list.append(action);
    return list;
}

} // namespace

DayAgent::DayAgent(Setting setting)
    : m_setting(std::move(setting))
    , m_random(quint32(4000 + m_setting.index))
{
    setObjectName(str("agent"));
}

void DayAgent::run()
{
    m_client = logIn();
    while (m_setting.clock->now() < m_setting.end) {
        workOnOne();
        if (chance(3))
            leaveAndComeBack();
    }
    m_client.reset();
}

std::unique_ptr<WireClient> DayAgent::logIn()
{
    WireClient stranger(m_setting.port, {}, m_setting.account);
    const QJsonObject asked{
        {str("name"), m_setting.name}, {str("password"), str("open sesame")}, {str("device"), str("a laptop")}};
    WireReply reply = stranger.send("POST", "/auth/login", QJsonDocument(asked).toJson());
    // In the morning all come at once.
    for (int i = 0; i < patience && (reply.status == 503 || reply.status == 429); ++i) {
        QThread::sleep(ulong(std::max(1, reply.headers.value("retry-after").toInt())));
        reply = stranger.send("POST", "/auth/login", QJsonDocument(asked).toJson());
    }
    const QByteArray token = reply.json().value(str("token")).toString().toLatin1();
    if (token.isEmpty())
        wrong.append(str("%1 could not log in: %2").arg(m_setting.name).arg(reply.status));
    ++logIns;
    return std::make_unique<WireClient>(m_setting.port, token, m_setting.account);
}

void DayAgent::leaveAndComeBack()
{
    if (m_client->send("POST", "/auth/logout", "{}").status >= 300)
        wrong.append(m_setting.name + str(" could not log out"));
    if (const int status = m_client->get("/.well-known/jmap").status; status != 401)
        wrong.append(str("%1 was answered %2 after logging out").arg(m_setting.name).arg(status));
    m_client = logIn();
}

void DayAgent::workOnOne()
{
    const QJsonObject answer =
        m_client->call(str("Desk/conversations"), {{str("view"), str("unassigned")}, {str("limit"), 50}});
    const QJsonArray list = answer.value(str("list")).toArray();
    if (answer.contains(str("error")) || !answer.contains(str("list")))
        wrong.append(m_setting.name + str(" saw no list: ") + answer.value(str("error")).toString());
    if (!list.isEmpty())
        workOn(list[m_random.bounded(int(list.size()))][str("id")].toString());
    think(list.isEmpty() ? 0.2 : 0.5);
}

void DayAgent::workOn(const QString &conversation)
{
    const QJsonObject about{{str("conversation"), conversation}};
    const auto aboutIt = [&about](const char *member, const QString &value) {
        QJsonObject arguments = about;
        arguments.insert(str(member), value);
        return arguments;
    };
    if (!perform(listOf(wireAction(str("claim"), about))).value(0))
        return;
    QJsonArray first;
    if (chance(50))
        first.append(wireAction(str("addTag"), aboutIt("tag", str("topic %1").arg(m_random.bounded(12)))));
    if (chance(20))
        first.append(
            wireAction(str("addNote"), aboutIt("text", str("What do you think, @Agent %1?").arg(m_random.bounded(5)))));
    if (chance(10))
        first.append(wireAction(str("setPriority"), aboutIt("priority", str("high"))));
    perform(first);
    if (chance(5)) {
        // Not mine after all.
        perform(listOf(wireAction(str("unassign"), about)));
        return;
    }
    think(0.5);
    if (chance(80)) {
        answer(conversation);
        return;
    }
    QJsonObject resolve = aboutIt("status", str("resolved"));
    resolve.insert(str("reason"), str("noAnswerNeeded"));
    perform(listOf(wireAction(str("setStatus"), resolve)));
    if (chance(20))
        perform(listOf(wireAction(str("setStatus"), aboutIt("status", str("open")))));
}

/// One in ten is taken back at once; that may come too late for the undo window, and then it goes out.
void DayAgent::answer(const QString &conversation)
{
    const QString text = str("Answer %1-%2.").arg(m_setting.index).arg(++m_replies);
    const QJsonObject wish{{str("conversation"), conversation}, {str("text"), text}, {str("thenResolve"), chance(70)}};
    const QJsonObject reply = wireAction(str("sendReply"), wish);
    if (!perform(listOf(reply)).value(0))
        return;
    const QJsonObject delivery{{str("delivery"), QString(u'#' + reply.value(str("id")).toString())}};
    const QJsonObject back = wireAction(str("cancelReply"), delivery);
    const bool isTakenBack = chance(10) && perform(listOf(back)).value(0);
    (isTakenBack ? withdrawn : sent).append(text);
}

QList<bool> DayAgent::perform(const QJsonArray &actions)
{
    if (actions.isEmpty())
        return {};
    const QJsonArray outcomes = m_client->perform(actions);
    if (outcomes.size() != actions.size())
        wrong.append(m_setting.name + str(" was told no outcome"));
    QList<bool> areApplied;
    for (qsizetype i = 0; i < outcomes.size(); ++i) {
        noteOutcome(actions[i].toObject(), outcomes[i].toObject());
        areApplied.append(outcomes[i][str("outcome")] == str("applied"));
    }
    return areApplied;
}

void DayAgent::noteOutcome(const QJsonObject &action, const QJsonObject &outcome)
{
    const QString refusal = outcome.value(str("refusal"))[str("kind")].toString();
    if (outcome.value(str("outcome")) == str("applied")) {
        if (outcome.value(str("hadEffect")).toBool())
            applied.insert(action.value(str("id")).toString());
    } else if (refusal == str("taken")) {
        ++taken;
    } else {
        ++refused;
        // A customer who writes meanwhile, or a window that has closed, is part of a day; these are not.
        if (refusal == str("invalid") || refusal == str("permission") || refusal == str("tryAgain") ||
            refusal.isEmpty())
            wrong.append(str("%1 of %2 was refused: %3 %4")
                             .arg(action.value(str("kind")).toString(), m_setting.name, refusal,
                                  outcome.value(str("refusal"))[str("detail")].toString()));
    }
}

/// For about that share of the time that a conversation takes.
void DayAgent::think(double share)
{
    const double seconds = m_setting.thinkTime * share * (0.5 + m_random.generateDouble());
    QThread::usleep(ulong(seconds * 1e6 / m_setting.speed));
}

} // namespace Earshot
