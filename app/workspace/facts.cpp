// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/facts.h"

#include "model/htmltext.h"
#include "workspace/otherwish.h"
#include "workspace/settingstore.h"
#include "workspace/viewstore.h"

#include <algorithm>

namespace Earshot {

namespace {

ConversationId conversationOf(const ActionArguments &arguments)
{
    return std::visit(
        [](const auto &args) -> ConversationId {
            if constexpr (requires { args.conversation; })
                return args.conversation;
            else
                return {};
        },
        arguments);
}

AgentId agentOf(const ActionArguments &arguments)
{
    return std::visit(
        [](const auto &args) -> AgentId {
            if constexpr (requires { args.agent; })
                return args.agent;
            else
                return {};
        },
        arguments);
}

ChannelId channelOf(const ActionArguments &arguments)
{
    return std::visit(
        [](const auto &args) -> ChannelId {
            if constexpr (requires { ChannelId(args.channel); })
                return args.channel;
            else
                return {};
        },
        arguments);
}

MessageId messageOf(const ActionArguments &arguments)
{
    return std::visit(
        [](const auto &args) -> MessageId {
            if constexpr (requires { MessageId(args.message); })
                return args.message;
            else if constexpr (requires { MessageId(args.target); })
                return args.target;
            else
                return {};
        },
        arguments);
}

TeamId teamOf(const ActionArguments &arguments)
{
    return std::visit(
        [](const auto &args) -> TeamId {
            if constexpr (requires { TeamId(args.team); })
                return args.team;
            else
                return {};
        },
        arguments);
}

DeliveryId deliveryOf(const ActionArguments &arguments)
{
    return std::visit(
        [](const auto &args) -> DeliveryId {
            if constexpr (requires { args.delivery; })
                return args.delivery;
            else
                return {};
        },
        arguments);
}

QStringList loadTagNames(Database &database, ConversationId conversation)
{
    QStringList names;
    Statement find = database.statement("select_conversation_tags");
    find.bind("conversation", conversation);
    while (find.next())
        names.append(find.text(0));
    return names;
}

std::optional<ConversationFacts> loadConversationFacts(Database &database, ConversationId id, const QString &device)
{
    ConversationFacts facts;
    {
        Statement find = database.statement("select_conversation_facts");
        if (!find.bind("id", id).next())
            return std::nullopt;
        Seq publicSeq = 0;
        Seq publicSeqOther = 0;
        QString publicDevice;
        find >> facts.id >> facts.channel >> facts.status >> facts.reason >> facts.duplicateOf >>
            facts.duplicateChannel >> facts.snoozedUntil >> facts.assignee >> facts.priority >> facts.isPrivate >>
            facts.needsAnswer >> facts.seq >> publicSeq >> publicDevice >> publicSeqOther >> facts.statusMark.seq >>
            facts.statusMark.by >> facts.assigneeMark.seq >> facts.assigneeMark.by >> facts.priorityMark.seq >>
            facts.priorityMark.by;
        facts.publicSeq = publicSeqFor(device, publicSeq, publicDevice, publicSeqOther);
    }
    facts.tags = loadTagNames(database, id);
    return facts;
}

std::optional<MessageFacts> readMessageFacts(Statement &find)
{
    if (!find.next())
        return std::nullopt;
    MessageFacts facts;
    find >> facts.id >> facts.conversation >> facts.channel >> facts.kind >> facts.agent >> facts.uri >> facts.text >>
        facts.visibility >> facts.presence >> facts.moderation >> facts.isLiked >> facts.isBoosted >>
        facts.isThreadOurs >> facts.isRoot;
    return facts;
}

std::optional<MessageFacts> loadTarget(Database &database, const Action &action)
{
    const MessageId named = messageOf(action.arguments);
    std::optional<MessageFacts> facts;
    if (named.isValid()) {
        Statement find = database.statement("select_message_facts");
        find.bind("id", named);
        facts = readMessageFacts(find);
    } else {
        Statement find = database.statement("select_newest_inbound_facts");
        find.bind("conversation", conversationOf(action.arguments));
        facts = readMessageFacts(find);
    }
    if (facts && std::holds_alternative<Act::PerformEffect>(action.arguments)) {
        Statement find = database.statement("select_effects_under_way");
        find.bind("message", facts->id);
        while (find.next()) {
            EffectFacts effect;
            find >> effect.id >> effect.effect >> effect.state;
            facts->underWay.append(effect);
        }
    }
    return facts;
}

std::optional<DeliveryFacts> loadDeliveryFacts(Database &database, DeliveryId id)
{
    Statement find = database.statement("select_delivery_facts");
    if (!find.bind("id", id).next())
        return std::nullopt;
    DeliveryFacts facts;
    find >> facts.id >> facts.conversation >> facts.message >> facts.channel >> facts.effect >> facts.state >>
        facts.agent >> facts.basedOn >> facts.target >> facts.attempts;
    return facts;
}

std::optional<ChannelFacts> loadChannelFacts(Database &database, ChannelId id)
{
    Statement find = database.statement("select_channel_facts");
    if (!find.bind("id", id).next())
        return std::nullopt;
    ChannelFacts facts;
    Capabilities &can = facts.capabilities;
    find >> facts.id >> facts.isRemoved >> facts.isPaused >> can.canReply >> can.canReplyPrivately >> can.canLike >>
        can.canBoost >> can.canHide >> can.canDeleteOwn >> facts.team >> facts.teamName >> can.canHideBelowOwn >>
        facts.name >> facts.purpose >> facts.pullEverySeconds;
    return facts;
}

std::optional<ContactFacts> loadContactFacts(Database &database, ContactId id)
{
    Statement find = database.statement("select_contact_facts");
    if (!find.bind("id", id).next())
        return std::nullopt;
    ContactFacts facts;
    ChannelId channel;
    find >> facts.id >> facts.mergedInto >> channel;
    if (channel.isValid())
        facts.channel = loadChannelFacts(database, channel).value_or(ChannelFacts());
    return facts;
}

QList<AgentFacts> loadAllAgentFacts(Database &database)
{
    QList<AgentFacts> agents;
    Statement find = database.statement("select_agents");
    while (find.next()) {
        AgentFacts agent;
        find >> agent.id >> agent.name >> agent.role >> agent.isOnDuty >> agent.isDisabled >> agent.openLimit;
        agents.append(agent);
    }
    return agents;
}

std::optional<TeamFacts> loadTeamFacts(Database &database, TeamId id, AgentId agent)
{
    Statement find = database.statement("select_team_facts");
    if (!find.bind("id", id).bind("agent", agent).next())
        return std::nullopt;
    TeamFacts facts;
    find >> facts.id >> facts.name >> facts.hasAgent >> facts.hasChannels;
    return facts;
}

QStringList loadTeamNames(Database &database)
{
    QStringList names;
    Statement rows = database.statement("list_teams");
    while (rows.next())
        names.append(rows.text(1));
    return names;
}

QList<ViewFacts> loadViewFacts(Database &database)
{
    QList<ViewFacts> views;
    Statement rows = database.statement("list_shared_views");
    while (rows.next()) {
        const ViewRecord view = readView(rows);
        views.append({view.id, view.content});
    }
    return views;
}

std::optional<NoticeFacts> loadNoticeFacts(Database &database, NoticeId id)
{
    Statement find = database.statement("select_notice_facts");
    if (!find.bind("id", id).next())
        return std::nullopt;
    NoticeFacts facts;
    QString list;
    find >> facts.id >> facts.channel >> facts.pinned.text >> facts.pinned.until >> facts.pinned.tag >>
        facts.pinned.view >> list;
    facts.pinned.channel = facts.channel;
    facts.pinned.list = fromWord<View>(list);
    return facts;
}

bool isPlace(Database &database, const Act::PinNotice &pin)
{
    Statement find = database.statement(pin.tag.isValid() ? "select_is_tag" : "select_view");
    find.bind("id", pin.tag.isValid() ? pin.tag.value : pin.view.value);
    return find.next();
}

bool isConnected(Database &database, const Act::AddChannel &channel)
{
    Statement find = database.statement("select_channel_by_address");
    return find.bind("network", channel.network).bind("address", channel.address.trimmed()).next();
}

void loadSavedReply(Database &database, const Action &action, Facts &facts)
{
    const auto *keep = std::get_if<Act::KeepSavedReply>(&action.arguments);
    const auto *remove = std::get_if<Act::RemoveSavedReply>(&action.arguments);
    const SavedReplyId id = keep ? keep->savedReply : remove ? remove->savedReply : SavedReplyId();
    {
        Statement find = database.statement("select_saved_reply");
        if (find.bind("id", id.value).next()) {
            facts.savedReply.emplace();
            find >> facts.savedReply->savedReply >> facts.savedReply->name >> facts.savedReply->text;
        }
    }
    if (keep) {
        Statement other = database.statement("select_saved_reply_named");
        facts.isNameTaken = other.bind("name", cleanLine(keep->name)).bind("id", id.value).next();
    }
}

void loadMacro(Database &database, const Action &action, Facts &facts)
{
    const auto *keep = std::get_if<Act::KeepMacro>(&action.arguments);
    const auto *remove = std::get_if<Act::RemoveMacro>(&action.arguments);
    const MacroId id = keep ? keep->macro : remove ? remove->macro : MacroId();
    {
        Statement find = database.statement("select_macro");
        if (find.bind("id", id.value).next()) {
            facts.macro.emplace();
            QString steps;
            find >> facts.macro->macro >> facts.macro->name >> facts.macro->key >> steps;
            facts.macro->steps = stepsFromText(steps);
        }
    }
    if (keep) {
        Statement other = database.statement("select_macro_named");
        facts.isNameTaken = other.bind("name", cleanLine(keep->name)).bind("id", id.value).next();
        Statement sameKey = database.statement("select_macro_with_key");
        facts.isKeyTaken = sameKey.bind("key", keep->key.toUpper()).bind("id", id.value).next();
    }
}

Seq loadTwinAnswered(Database &database, MessageId target)
{
    Statement find = database.statement("select_twin_answered");
    return find.bind("message", target).next() ? find.integer(0) : 0;
}

void loadContacts(Database &database, const Action &action, Facts &facts)
{
    if (const auto *merge = std::get_if<Act::MergeContacts>(&action.arguments)) {
        facts.contact = loadContactFacts(database, merge->from);
        facts.otherContact = loadContactFacts(database, merge->into);
    } else if (const auto *split = std::get_if<Act::SplitContact>(&action.arguments)) {
        facts.contact = loadContactFacts(database, split->contact);
    }
}

/// The channel that an action concerns: its own target's, unless it names one.
ChannelId channelFor(const Action &action, const Facts &facts)
{
    if (facts.conversation)
        return facts.conversation->channel;
    if (facts.message)
        return facts.message->channel;
    return channelOf(action.arguments);
}

} // namespace

Seq publicSeqFor(const QString &device, Seq publicSeq, const QString &publicDevice, Seq publicSeqOther)
{
    return !device.isEmpty() && device == publicDevice ? publicSeqOther : publicSeq;
}

std::optional<AgentFacts> loadAgentFacts(Database &database, AgentId agent)
{
    Statement find = database.statement("select_agent");
    if (!find.bind("id", agent).next())
        return std::nullopt;
    AgentFacts facts;
    find >> facts.id >> facts.name >> facts.role >> facts.isOnDuty >> facts.isDisabled >> facts.openLimit;
    return facts;
}

std::optional<AgentFacts> loadActor(Database &database, AgentId agent)
{
    std::optional<AgentFacts> facts = loadAgentFacts(database, agent);
    if (!facts || facts->seesAllChannels())
        return facts;
    Statement list = database.statement("list_restricted_channels");
    list.bind("agent", agent);
    while (list.next()) {
        if (list.integer(1) == 0)
            facts->hiddenChannels.insert(ChannelId(list.integer(0)));
    }
    return facts;
}

Facts loadFacts(Database &database, const Action &action, const QString &device)
{
    Facts facts;
    const FactSet needed = neededFacts(action.arguments);
    const auto needs = [needed](Fact fact) { return (needed & static_cast<FactSet>(fact)) != 0; };
    facts.settings = loadSettings(database);
    if (needs(Fact::delivery)) {
        facts.delivery = loadDeliveryFacts(database, deliveryOf(action.arguments));
        if (facts.delivery)
            facts.conversation = loadConversationFacts(database, facts.delivery->conversation, device);
        if (facts.conversation && facts.delivery->effect == Effect::reply)
            facts.conversation->twinAnsweredSeq = loadTwinAnswered(database, facts.delivery->target);
    } else if (needs(Fact::conversation)) {
        facts.conversation = loadConversationFacts(database, conversationOf(action.arguments), device);
    }
    if (needs(Fact::message)) {
        facts.message = loadTarget(database, action);
        if (facts.message && facts.conversation)
            facts.conversation->twinAnsweredSeq = loadTwinAnswered(database, facts.message->id);
    }
    if (needs(Fact::channel))
        facts.channel = loadChannelFacts(database, channelFor(action, facts));
    if (needs(Fact::agent))
        facts.agent = loadActor(database, agentOf(action.arguments));
    if (isBasedOnAll(action.arguments))
        facts.otherWish = loadOtherWish(database, action, {device});
    if (needs(Fact::contact))
        loadContacts(database, action, facts);
    if (needs(Fact::agents)) {
        facts.agents = loadAllAgentFacts(database);
        facts.adminCount = int(std::count_if(facts.agents.cbegin(), facts.agents.cend(), [](const AgentFacts &agent) {
            return agent.role == Role::admin && !agent.isDisabled;
        }));
    }
    if (needs(Fact::savedReply))
        loadSavedReply(database, action, facts);
    if (needs(Fact::macro))
        loadMacro(database, action, facts);
    if (needs(Fact::team))
        facts.team = loadTeamFacts(database, teamOf(action.arguments), agentOf(action.arguments));
    if (needs(Fact::teams))
        facts.teamNames = loadTeamNames(database);
    if (needs(Fact::views))
        facts.views = loadViewFacts(database);
    if (needs(Fact::notice))
        facts.notice = loadNoticeFacts(database, std::get<Act::UnpinNotice>(action.arguments).notice);
    if (needs(Fact::duplicate)) {
        const ConversationId named = std::get<Act::SetStatus>(action.arguments).duplicateOf;
        if (const auto other = loadConversationFacts(database, named, device))
            facts.duplicateChannel = loadChannelFacts(database, other->channel);
    }
    if (needs(Fact::place))
        facts.isKnownPlace = isPlace(database, std::get<Act::PinNotice>(action.arguments));
    if (needs(Fact::address))
        facts.isKnownAddress = isConnected(database, std::get<Act::AddChannel>(action.arguments));
    return facts;
}

} // namespace Earshot
