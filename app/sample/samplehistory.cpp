// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/samplehistory.h"

#include "desk/localdesk.h"
#include "sample/sampletexts.h"
#include "workspace/messagestore.h"
#include "workspace/personalstore.h"
#include "workspace/queries.h"

#include <algorithm>

namespace Earshot {

namespace {

using namespace std::chrono_literals;
using Ending = SampleScript::Ending;
using Voice = SampleLine::Voice;

constexpr auto places = {SamplePlace::mention, SamplePlace::hashtag, SamplePlace::blog,
                         SamplePlace::press,   SamplePlace::reviews, SamplePlace::sky};

Done failureOf(const Result<bool> &result)
{
    return result ? Done() : Done(tl::unexpected(result.error()));
}

/// Some minutes that look picked by chance and are the same each time.
Duration someMinutes(int index, int salt, int most)
{
    return std::chrono::seconds(60 + (index * 7919 + salt * 104'729) % (most * 60));
}

} // namespace

SampleHistory::SampleHistory(Workspace &workspace, SampleWorld &world, SamplePlan &plan)
    : m_workspace(workspace)
    , m_world(world)
    , m_plan(plan)
{
}

Done SampleHistory::write()
{
    const auto run = [this](void (SampleHistory::*part)(Writing &)) {
        auto done = m_workspace.write<bool>(Urgency::bulk, [this, part](Writing &writing) -> Result<bool> {
            (this->*part)(writing);
            if (!m_refused.isEmpty())
                return fail(ErrorKind::invalid, m_refused);
            return true;
        });
        return failureOf(done.result());
    };
    if (Done done = run(&SampleHistory::prepare); !done)
        return done;
    if (Done done = connectAccounts(); !done)
        return done;
    return run(&SampleHistory::writeYear);
}

qint64 SampleHistory::perform(Writing &writing, int agent, const Action &action)
{
    const Result<Outcome> outcome = performOne(writing, m_agents.at(agent), {action, std::nullopt});
    if (outcome && outcome->isApplied())
        return outcome->created;
    if (m_refused.isEmpty())
        m_refused =
            kindOf(action.arguments) + u": " +
            (outcome ? QString(word(outcome->refusal.kind) + u' ' + outcome->refusal.detail) : outcome.error().detail);
    return 0;
}

qint64 SampleHistory::perform(Writing &writing, int agent, ActionArguments arguments)
{
    return perform(writing, agent, makeAction(std::move(arguments), writing.now()));
}

void SampleHistory::prepare(Writing &now)
{
    const auto admins = loadAgents(now.database());
    if (!admins || admins->isEmpty()) {
        m_refused = QStringLiteral("no admin");
        return;
    }
    m_agents.append(admins->first().id);
    const Time begin = m_plan.now - sampleYear - 2 * 24h;
    Writing writing = now.at(begin);
    using Colleague = std::pair<QString, Role>;
    for (const auto &[name, role] :
         {Colleague(QStringLiteral("Kim"), Role::lead), Colleague(QStringLiteral("Jonas"), Role::agent),
          Colleague(QStringLiteral("Mira"), Role::agent), Colleague(QStringLiteral("Tom"), Role::agent),
          Colleague(QStringLiteral("Lena"), Role::viewer)})
        m_agents.append(AgentId(perform(writing, ana, Act::AddAgent{name, role})));
    for (const AgentId agent : m_agents.mid(1))
        perform(writing, ana, Act::SetDuty{agent, true});
    for (const SampleLanguage *language : {&englishTexts(), &germanTexts()}) {
        for (const SampleReply &reply : language->replies)
            perform(writing, kim, Act::KeepSavedReply{{}, reply.name.toString(), reply.text.toString()});
    }
    for (const SamplePlace place : places) {
        SampleChannel channel = m_world.channel(place);
        channel.add.horizon = begin;
        channel.add.workSince = begin;
        const ChannelId id(perform(writing, ana, channel.add));
        perform(writing, ana, Act::EditChannel{id, {}, {}, channel.pullEverySeconds});
        m_channels.at(size_t(place)) = id;
        if (!channel.secret.isEmpty())
            m_secrets.insert(id, channel.secret);
    }
}

Done SampleHistory::connectAccounts()
{
    Intake intake(m_workspace);
    for (const SamplePlace place : places) {
        const Account account = m_world.channel(place).account;
        const ChannelId id = m_channels.at(size_t(place));
        const auto stored = intake.storeAccount(id, account.id, account.handle, account.name,
                                                account.baseUrl.toString(), account.capabilities);
        const auto healthy = intake.storeHealth(id, Health::ok, QString(), Time());
        for (const auto &future : {stored, healthy}) {
            if (Done done = failureOf(future.result()); !done)
                return done;
        }
    }
    return {};
}

void SampleHistory::writeYear(Writing &writing)
{
    const std::vector<Event> all = events();
    for (const Event &event : all) {
        Writing then = writing.at(event.at);
        happen(then, event);
        if (!m_refused.isEmpty())
            return;
    }
    mergeContacts(writing);
    markSeen(writing);
    for (const SamplePlace place : places)
        storePosition(writing, m_channels.at(size_t(place)), m_world.position(place), true);
}

std::vector<SampleHistory::Event> SampleHistory::events() const
{
    std::vector<Event> events;
    for (int i = 0; i < int(m_plan.scripts.size()); ++i) {
        const auto &lines = m_plan.scripts.at(size_t(i)).lines;
        for (int k = 0; k < int(lines.size()); ++k)
            events.push_back({lines.at(size_t(k)).at, i, Step::line, k});
        addWork(events, i);
    }
    std::stable_sort(events.begin(), events.end(), [](const Event &a, const Event &b) { return a.at < b.at; });
    return events;
}

void SampleHistory::addWork(std::vector<Event> &events, int index) const
{
    const SampleScript &script = m_plan.scripts.at(size_t(index));
    const Time last = m_plan.now - 30s;
    const Time begin = script.lines.front().at;
    const auto add = [&](Step step, Time at) { events.push_back({std::min(at, last), index, step, 0}); };
    const bool hasOurs = std::any_of(script.lines.cbegin(), script.lines.cend(),
                                     [](const auto &line) { return line.voice == Voice::us; });
    // Whoever answers owns it from then on.
    if (script.assignee >= 0 && (!hasOurs || index % 3 == 0))
        add(Step::assign, begin + someMinutes(index, 1, 7));
    if (!script.tags.isEmpty())
        add(Step::tag, begin + someMinutes(index, 2, 20));
    if (script.priority != Priority::normal)
        add(Step::prioritise, begin + someMinutes(index, 3, 10));
    if (!script.note.isEmpty())
        add(Step::note, begin + someMinutes(index, 4, 40));
    if (!script.editedText.isEmpty())
        add(Step::edit, begin + 6min);
    if (script.isDeleted)
        add(Step::remove, begin + 100min);
    if (script.ending != Ending::open && script.ending != Ending::pending)
        add(Step::finish, script.lines.back().at + someMinutes(index, 5, 90));
}

void SampleHistory::happen(Writing &writing, const Event &event)
{
    SampleScript &script = m_plan.scripts.at(size_t(event.script));
    const int agent = script.assignee >= 0 ? script.assignee : int(kim);
    switch (event.step) {
    case Step::line: {
        const SampleLine &line = script.lines.at(size_t(event.line));
        if (line.voice == Voice::us)
            reply(writing, script, line, event.line + 1 == int(script.lines.size()));
        else
            hear(writing, script, line.message, line.voice == Voice::customer);
        break;
    }
    case Step::tag:
        for (const QStringView tag : script.tags)
            perform(writing, agent, Act::AddTag{script.conversation, tag.toString()});
        break;
    case Step::prioritise:
        perform(writing, kim, Act::SetPriority{script.conversation, script.priority});
        break;
    case Step::assign:
        if (event.script % 2 == 0)
            perform(writing, kim, Act::Assign{script.conversation, m_agents.at(agent)});
        else
            perform(writing, agent, Act::Claim{script.conversation});
        break;
    case Step::note:
        perform(writing, event.script % 4 == 0 ? int(jonas) : agent,
                Act::AddNote{script.conversation, script.note.toString()});
        break;
    case Step::edit:
        hear(writing, script, script.edited, true);
        break;
    case Step::remove: {
        Page page;
        page.changes.append({script.lines.front().message.uri, Presence::deleted, {}});
        static_cast<void>(ingestPage(writing, channelOf(script), page));
        break;
    }
    case Step::finish:
        finish(writing, script);
        break;
    }
}

void SampleHistory::hear(Writing &writing, SampleScript &script, const RemoteMessage &message, bool isCustomer)
{
    Page page;
    page.messages.append(message);
    static_cast<void>(ingestPage(writing, channelOf(script), page));
    if (!isCustomer)
        return;
    Statement find = writing.statement("select_message_by_uri");
    find.bind("channel", channelOf(script)).bind("uri_key", uriKey(message.uri)).bind("uri", message.uri);
    if (find.next())
        find >> script.newest >> script.conversation;
    else
        m_refused = QStringLiteral("not stored: ") + message.uri + u' ' + message.text;
}

void SampleHistory::reply(Writing &writing, SampleScript &script, const SampleLine &line, bool isLast)
{
    const RemoteMessage &target = script.lines.at(size_t(line.answers)).message;
    Act::SendReply send;
    send.conversation = script.conversation;
    send.text = line.text;
    send.language = script.customer.isGerman ? QStringLiteral("de") : QStringLiteral("en");
    send.skipUndoWindow = true;
    send.thenResolve = isLast && script.ending == Ending::answered;
    const Action action = makeAction(send, writing.now());
    const DeliveryId delivery(perform(writing, script.assignee >= 0 ? script.assignee : int(kim), action));
    if (!delivery.isValid())
        return;
    BeginWish begin;
    begin.delivery = delivery;
    begin.process = QStringLiteral("sample");
    Outgoing &outgoing = begin.outgoing;
    outgoing.clientId = action.id.toString(QUuid::WithoutBraces);
    outgoing.targetUri = target.uri;
    outgoing.targetRemoteId = target.remoteId;
    outgoing.threadUri = target.threadUri;
    outgoing.text =
        script.place == SamplePlace::mention ? QString(u'@' + script.customer.handle + u' ' + line.text) : line.text;
    outgoing.language = send.language;
    outgoing.visibility = target.visibility;
    outgoing.createdAt = writing.now();
    const Result<int> number = beginAttempt(writing, begin);
    if (!number || *number == 0) {
        m_refused = QStringLiteral("a reply did not begin");
        return;
    }
    AttemptEnd end;
    end.delivery = delivery;
    end.number = *number;
    if (line.fate == SampleLine::Fate::sent) {
        end.delivered = Delivered{line.message.uri, line.message.remoteId, line.message.url, line.message.moderation};
    } else if (line.fate == SampleLine::Fate::failed) {
        end.error = {ErrorKind::policy, QStringLiteral("422: the server refused the post"), {}};
    } else {
        end.error = {ErrorKind::unsure, QStringLiteral("the connection closed"), {}};
        end.hasLooked = true;
    }
    Writing after = writing.at(writing.now() + 1s);
    endAttempt(after, end);
}

void SampleHistory::finish(Writing &writing, SampleScript &script)
{
    const int agent = script.assignee >= 0 ? script.assignee : int(kim);
    Act::SetStatus status{script.conversation, Status::resolved, Reason::noAnswerNeeded, ConversationId()};
    switch (script.ending) {
    case Ending::snoozed:
        perform(writing, agent, Act::Snooze{script.conversation, m_plan.now + (1 + script.topic) * 20h});
        return;
    case Ending::spam:
        status.reason = Reason::spam;
        break;
    case Ending::duplicate:
        status.reason = Reason::duplicate;
        status.duplicateOf = m_plan.scripts.at(size_t(script.twinOf)).conversation;
        break;
    case Ending::answered:
        if (script.lines.back().voice == Voice::us)
            return; // resolved with its last reply
        if (script.lines.size() > 1)
            status.reason = Reason::answered;
        break;
    default:
        break;
    }
    perform(writing, agent, status);
}

void SampleHistory::mergeContacts(Writing &writing)
{
    if (m_plan.mergedFrom < 0 || m_plan.mergedInto < 0)
        return;
    const QList<ConversationId> ids{m_plan.scripts.at(size_t(m_plan.mergedFrom)).conversation,
                                    m_plan.scripts.at(size_t(m_plan.mergedInto)).conversation};
    const auto records = loadConversations(writing.database(), ids, m_agents.first(), m_plan.now);
    if (records && records->size() == 2 && records->at(0).contact != records->at(1).contact)
        perform(writing, kim, Act::MergeContacts{records->at(0).contact, records->at(1).contact});
}

/// Everything but half of what is open has been looked at by the one who opens the workspace.
void SampleHistory::markSeen(Writing &writing)
{
    int turn = 0;
    for (const SampleScript &script : m_plan.scripts) {
        if (script.ending == Ending::open && ++turn % 2 == 0)
            continue;
        storeSeen(writing, m_agents.first(), script.conversation, script.newest);
    }
}

} // namespace Earshot
