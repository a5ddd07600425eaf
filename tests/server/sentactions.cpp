// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/sentactions.h"

#include "model/action.h"
#include "tests/server/wireclient.h"

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

struct Sent
{
    const char *kind;
    const char *arguments; ///< %c a conversation, %n another number for each, {kind} what the last of that kind made
};

/// What many want of the same conversations.
const QList<Sent> contested{
    {"claim", R"({"conversation":"%c"})"},
    {"unassign", R"({"conversation":"%c"})"},
    {"setPriority", R"({"conversation":"%c","priority":"high"})"},
    {"setPriority", R"({"conversation":"%c","priority":"low"})"},
    {"addTag", R"({"conversation":"%c","tag":"tag %c"})"},
    {"addNote", R"({"conversation":"%c","text":"note %n"})"},
};

const QList<Sent> ofAgents{
    {"assign", R"({"conversation":"%c","agent":"3"})"},
    {"setStatus", R"({"conversation":"%c","status":"pending"})"},
    {"setStatus", R"({"conversation":"%c","status":"open"})"},
    {"snooze", R"({"conversation":"%c","until":"2099-01-01T00:00:00Z"})"},
    {"wake", R"({"conversation":"%c"})"},
    {"addTag", R"({"conversation":"%c","tag":"own %n"})"},
    {"removeTag", R"({"conversation":"%c","tag":"tag %c"})"},
    {"addNote", R"({"conversation":"%c","text":"note %n"})"},
    {"editNote", R"({"message":"{addNote}","text":"note %n"})"},
    {"sendReply", R"({"conversation":"%c","text":"reply %n"})"},
    {"cancelReply", R"({"delivery":"{sendReply}"})"},
    {"performEffect", R"({"message":"%m","effect":"like"})"},
    {"performEffect", R"({"message":"%m","effect":"unlike"})"},
    {"mergeContacts", R"({"from":"%c","into":"1"})"},
    {"splitContact", R"({"contact":"%c"})"},
};

const QList<Sent> ofAdmins{
    {"setDuty", R"({"agent":"2","onDuty":false})"},
    {"setDuty", R"({"agent":"2","onDuty":true})"},
    {"retryReply", R"({"delivery":"%f"})"},
    {"settleReply", R"({"delivery":"%u"})"},
    {"pauseSending", R"({"channel":"1","reason":"a test"})"},
    {"resumeSending", R"({"channel":"1"})"},
    {"addAgent", R"({"name":"Person %n","role":"viewer"})"},
    {"editAgent", R"({"agent":"{addAgent}","name":"Somebody %n"})"},
    {"addTeam", R"({"name":"Team %n"})"},
    {"setTeamMember", R"({"team":"{addTeam}","agent":"2"})"},
    {"renameTeam", R"({"team":"{addTeam}","name":"Crew %n"})"},
    {"addChannel", R"({"network":"feed","address":"https://%n.example/feed","name":"","baseUrl":"","login":"",
        "purpose":"support","horizon":null,"workSince":null})"},
    {"setChannelTeam", R"({"channel":"{addChannel}","team":"{addTeam}"})"},
    {"editChannel", R"({"channel":"{addChannel}","name":"Feed %n"})"},
    {"removeChannel", R"({"channel":"{addChannel}"})"},
    {"addTeam", R"({"name":"Brief %n"})"},
    {"removeTeam", R"({"team":"{addTeam}"})"},
    {"keepSavedReply", R"({"savedReply":null,"name":"Reply %n","text":"Thanks"})"},
    {"removeSavedReply", R"({"savedReply":"{keepSavedReply}"})"},
    {"keepMacro", R"({"macro":null,"name":"Macro %n","key":"","steps":[{"kind":"claim","argument":""}]})"},
    {"removeMacro", R"({"macro":"{keepMacro}"})"},
    {"saveView", R"({"view":null,"name":"View %n","filter":{"statuses":["open"],"owner":"anyone","agent":null,
        "channels":[],"tags":[],"withoutTags":[],"least":"low","needsAnswer":false,"isPrivate":false,
        "hasTrouble":false},"search":"","order":"newest","isGrouped":false})"},
    {"moveView", R"({"view":"{saveView}","before":"1"})"},
    {"removeView", R"({"view":"{saveView}"})"},
    {"pinNotice", R"({"text":"Notice %n","until":"2099-01-01T00:00:00Z","channel":null,"tag":null,"view":null,
        "list":null})"},
    {"unpinNotice", R"({"notice":"{pinNotice}"})"},
    {"changeSetting", R"({"setting":"reopenDays","value":%d})"},
};

template <size_t... Index>
QStringList kindsOf(std::index_sequence<Index...>)
{
    return {kindOf(ActionArguments(std::in_place_index<Index>))...};
}

} // namespace

QStringList everyKindOfAction()
{
    return kindsOf(std::make_index_sequence<ActionArguments::kindCount>());
}

QString SentActions::filled(QString arguments, QRandomGenerator &random) const
{
    const qsizetype number = m_actions.size() + 1;
    const int conversation = 1 + random.bounded(5);
    arguments.replace(str("%c"), QString::number(conversation));
    arguments.replace(str("%m"), QString::number((Q_INT64_C(1) << 40) + conversation));
    arguments.replace(str("%n"), QString::fromLatin1(m_token.right(8).toHex()) + u'-' + QString::number(number));
    arguments.replace(str("%d"), QString::number(number));
    // Half of what waits from before has failed, of the other half nobody knows.
    arguments.replace(str("%f"), QString::number(1 + random.bounded(10)));
    arguments.replace(str("%u"), QString::number(11 + random.bounded(10)));
    for (auto last = m_last.cbegin(); last != m_last.cend(); ++last)
        arguments.replace(QString(u'{' + last.key() + u'}'), QString(u'#' + last.value()));
    return arguments;
}

void SentActions::add(QRandomGenerator &random)
{
    const qsizetype number = m_actions.size() + 1;
    const QList<Sent> &all = m_isAdmin ? ofAdmins : ofAgents;
    const bool isOfAll = m_isAdmin ? number % 4 != 0 : number % 2 == 0;
    const qsizetype turn = m_isAdmin ? number - 1 - number / 4 : number / 2 - 1;
    const Sent sent = isOfAll ? all[turn % all.size()] : contested[random.bounded(int(contested.size()))];
    const QByteArray arguments = filled(str(sent.arguments), random).toUtf8();
    QJsonObject action = wireAction(str(sent.kind), QJsonDocument::fromJson(arguments).object(), number);
    action.insert(str("basedOn"), random.bounded(3) == 0 ? 1 : 0);
    m_last.insert(str(sent.kind), action.value(str("id")).toString());
    m_actions.append(action);
}

QByteArray SentActions::requests(const QString &account) const
{
    constexpr qsizetype perRequest = 3;
    QByteArray bytes;
    for (qsizetype i = 0; i < m_actions.size(); i += perRequest) {
        QJsonArray some;
        for (const QJsonObject &action : m_actions.mid(i, perRequest))
            some.append(action);
        const QByteArray body = requestBody(
            oneCall(str("Action/perform"), QJsonObject{{str("accountId"), account}, {str("actions"), some}}));
        bytes += "POST /jmap/api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                 m_token + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    return bytes;
}

QStringList journalProblems(Workspace &workspace, const QList<SentActions> &devices)
{
    // By the action's id: what the lines say it was.
    const auto lines = workspace.readNow<QHash<QString, QStringList>>([](Database &database) {
        constexpr int action = 4;
        constexpr int number = 8;
        constexpr int kind = 9;
        QHash<QString, QStringList> all;
        Statement rows = database.statement("changes_journal");
        rows.bind("since", 0).bind("limit", 1'000'000);
        while (rows.next()) {
            if (!rows.text(action).isEmpty())
                all[rows.text(action)].append(rows.text(kind) + u' ' + rows.text(number));
        }
        return database.result(all);
    });
    QStringList problems;
    for (const SentActions &device : devices) {
        for (qsizetype i = 0; i < device.actions().size(); ++i) {
            const QJsonObject &sent = device.actions()[i];
            const QJsonObject outcome = device.outcomes.value(i);
            const bool hadEffect =
                outcome.value(str("outcome")) == str("applied") && outcome.value(str("hadEffect")).toBool();
            const QString what =
                sent.value(str("kind")).toString() + u' ' + QString::number(sent.value(str("number")).toInteger());
            const QStringList wanted = hadEffect ? QStringList{what} : QStringList();
            const QStringList found = lines->value(sent.value(str("id")).toString());
            if (found != wanted)
                problems.append(str("%1: %2").arg(what, found.join(str(", "))));
        }
    }
    return problems;
}

} // namespace Earshot
