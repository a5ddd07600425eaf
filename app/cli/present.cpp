// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/present.h"

#include <QJsonArray>

namespace Earshot {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

QJsonObject deliveryJson(const DeliveryRecord &delivery)
{
    return {{key("id"), delivery.id.value},
            {key("conversation"), idJson(delivery.conversationNumber)},
            {key("message"), idJson(delivery.message.value)},
            {key("channel"), delivery.channel.value},
            {key("effect"), word(delivery.effect)},
            {key("state"), word(delivery.state)},
            {key("text"), delivery.text},
            {key("failure"), textJson(delivery.failure)},
            {key("failureDetail"), textJson(delivery.failureDetail)},
            {key("attempts"), delivery.attempts},
            {key("createdAt"), timeJson(delivery.createdAt)},
            {key("heldUntil"), timeJson(delivery.heldUntil)},
            {key("retryAt"), timeJson(delivery.retryAt)}};
}

QJsonObject journalJson(const JournalRecord &line)
{
    return {{key("id"), line.id},
            {key("at"), timeJson(line.at)},
            {key("agent"), textJson(line.agentName)},
            {key("kind"), line.kind},
            {key("conversation"), idJson(line.conversationNumber)},
            {key("channel"), idJson(line.channel.value)},
            {key("message"), idJson(line.message.value)},
            {key("before"), textJson(line.before)},
            {key("after"), textJson(line.after)},
            {key("action"), textJson(line.action)}};
}

QJsonObject capabilitiesJson(const Capabilities &can)
{
    return {{key("canReply"), can.canReply},
            {key("canReplyPrivately"), can.canReplyPrivately},
            {key("canLike"), can.canLike},
            {key("canBoost"), can.canBoost},
            {key("canHide"), can.canHide},
            {key("canHideBelowOwn"), can.canHideBelowOwn},
            {key("canDeleteOwn"), can.canDeleteOwn},
            {key("hasContentWarning"), can.hasContentWarning},
            {key("maxLength"), can.maxLength > 0 ? QJsonValue(can.maxLength) : QJsonValue()},
            {key("maxPrivateLength"), can.maxPrivateLength > 0 ? QJsonValue(can.maxPrivateLength) : QJsonValue()},
            {key("maxMedia"), can.maxMedia}};
}

QJsonObject channelJson(const ChannelRecord &channel)
{
    return {{key("id"), channel.id.value},
            {key("network"), word(channel.network)},
            {key("address"), channel.address},
            {key("name"), channel.name},
            {key("account"), textJson(channel.accountHandle)},
            {key("purpose"), word(channel.purpose)},
            {key("teamId"), idJson(channel.team.value)},
            {key("health"), word(channel.health)},
            {key("healthDetail"), textJson(channel.healthDetail)},
            {key("healthUntil"), timeJson(channel.healthUntil)},
            {key("isPaused"), channel.isPaused()},
            {key("pauseReason"), textJson(channel.pauseReason)},
            {key("horizon"), timeJson(channel.horizon)},
            {key("workSince"), timeJson(channel.workSince)},
            {key("pullEverySeconds"), channel.pullEverySeconds},
            {key("lastPullAt"), timeJson(channel.lastPullAt)},
            {key("nextPullAt"), timeJson(channel.nextPullAt)},
            {key("requestsLeft"), channel.limit.left < 0 ? QJsonValue() : QJsonValue(channel.limit.left)},
            {key("requestsUntil"), timeJson(channel.limit.resetAt)},
            {key("capabilities"), capabilitiesJson(channel.capabilities)}};
}

QJsonObject agentJson(const AgentRecord &agent)
{
    return {{key("id"), agent.id.value},           {key("name"), agent.name},
            {key("role"), word(agent.role)},       {key("isOnDuty"), agent.isOnDuty},
            {key("isDisabled"), agent.isDisabled}, {key("openLimit"), agent.openLimit}};
}

QJsonObject findingJson(const Finding &finding)
{
    return {{key("network"), word(finding.network)},
            {key("address"), finding.address},
            {key("name"), finding.name},
            {key("what"), finding.what},
            {key("canAnswer"), finding.canAnswer},
            {key("canModerate"), finding.canModerate},
            {key("needsUser"), finding.needsUser},
            {key("needsPassword"), finding.needsPassword},
            {key("needsSignIn"), finding.needsSignIn},
            {key("isBest"), finding.isBest},
            {key("sameAs"), textJson(finding.sameAs)}};
}

QJsonObject reportJson(const ChannelReport &report)
{
    QJsonValue error;
    if (report.error) {
        error = QJsonObject{{key("kind"), word(report.error->kind)},
                            {key("detail"), report.error->detail},
                            {key("until"), timeJson(report.error->until)}};
    }
    return {{key("channel"), report.channel.value}, {key("name"), report.name},     {key("messages"), report.messages},
            {key("changes"), report.changes},       {key("sent"), report.sent},     {key("waiting"), report.waiting},
            {key("failed"), report.failed},         {key("unsure"), report.unsure}, {key("error"), error}};
}

QJsonObject outcomeJson(const Outcome &outcome)
{
    QJsonObject json{{key("outcome"), key(outcome.isApplied() ? "applied" : "refused")},
                     {key("hadEffect"), outcome.isApplied() && outcome.hadEffect},
                     {key("refusal"), QJsonValue()}};
    if (outcome.kind == Outcome::Kind::unknown)
        json.insert(key("outcome"), key("unknown"));
    if (outcome.kind == Outcome::Kind::refused) {
        json.insert(key("refusal"), QJsonObject{{key("kind"), word(outcome.refusal.kind)},
                                                {key("by"), textJson(outcome.refusal.byName)},
                                                {key("detail"), textJson(outcome.refusal.detail)}});
    }
    return json;
}

} // namespace Earshot
