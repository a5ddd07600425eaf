// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/rules.h"

#include "model/htmltext.h"
#include "model/keptversion.h"

namespace Earshot {

Verdict Rules::operator()(const Act::PauseSending &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (m_facts.channel->isPaused)
        return decision;
    decision.changes.emplace_back(Change::SendingPause{wish.channel, true, cleanLine(wish.reason)});
    decision.after = cleanLine(wish.reason);
    decision.inverse = Act::ResumeSending{wish.channel};
    return decision;
}

Verdict Rules::operator()(const Act::ResumeSending &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (!m_facts.channel->isPaused)
        return decision;
    decision.changes.emplace_back(Change::SendingPause{wish.channel, false, {}});
    return decision;
}

Verdict Rules::operator()(const Act::AddChannel &wish) const
{
    if (wish.address.trimmed().isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a channel needs an address"));
    if (m_facts.isKnownAddress)
        return refuse(RefusalKind::notPossible, QStringLiteral("this address is connected already"));
    Decision decision;
    Act::AddChannel channel = wish;
    channel.address = wish.address.trimmed();
    channel.name = cleanLine(wish.name, 120);
    if (channel.name.isEmpty())
        channel.name = channel.address;
    decision.changes.emplace_back(Change::NewChannel{channel});
    decision.after = channel.address;
    return decision;
}

Verdict Rules::operator()(const Act::EditChannel &wish) const
{
    if (wish.pullEverySeconds && (*wish.pullEverySeconds < 15 || *wish.pullEverySeconds > 86'400))
        return refuse(RefusalKind::invalid, QStringLiteral("between 15 seconds and a day"));
    if (wish.name && cleanLine(*wish.name).isEmpty())
        return refuse(RefusalKind::invalid, QStringLiteral("a channel needs a name"));
    const ChannelFacts &now = *m_facts.channel;
    Act::EditChannel back;
    back.channel = wish.channel;
    // Whoever made the channel may have given it no name: such a one cannot be wished back.
    const bool isRenamed = wish.name && cleanLine(*wish.name, 120) != now.name;
    if (isRenamed && !now.name.isEmpty())
        back.name = now.name;
    if (wish.purpose && *wish.purpose != now.purpose)
        back.purpose = now.purpose;
    if (wish.pullEverySeconds && *wish.pullEverySeconds != now.pullEverySeconds)
        back.pullEverySeconds = now.pullEverySeconds;
    const bool hasWayBack = back.name || back.purpose || back.pullEverySeconds;
    Decision decision;
    decision.channel = wish.channel;
    if (!hasWayBack && !isRenamed)
        return decision;
    if (isOtherThan(wish.was, versionOf(now, wish)))
        return refuse(RefusalKind::changed);
    decision.changes.emplace_back(Change::ChannelRow{wish});
    if (!hasWayBack)
        return decision;
    ChannelFacts after = now;
    after.name = wish.name ? cleanLine(*wish.name, 120) : now.name;
    after.purpose = wish.purpose.value_or(now.purpose);
    after.pullEverySeconds = wish.pullEverySeconds.value_or(now.pullEverySeconds);
    back.was = versionOf(after, back);
    decision.inverse = back;
    return decision;
}

Verdict Rules::operator()(const Act::RemoveChannel &wish) const
{
    Decision decision;
    decision.channel = wish.channel;
    if (!m_facts.channel->isRemoved)
        decision.changes.emplace_back(Change::ChannelEnd{wish.channel});
    return decision;
}

} // namespace Earshot
