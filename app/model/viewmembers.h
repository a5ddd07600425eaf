// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/jsonmembers.h"

namespace Earshot {

// The members of what actions, personal state and answers all hold of views, for model/jsonmembers.h.

template <class Visitor>
void visit(Visitor &member, ViewFilter &filter)
{
    member("statuses", filter.statuses);
    member("owner", filter.owner);
    member("agent", filter.agent);
    member("channels", filter.channels);
    member("tags", filter.tags);
    member("withoutTags", filter.withoutTags);
    member("least", filter.least);
    member("needsAnswer", filter.needsAnswer);
    member("isPrivate", filter.isPrivate);
    member("hasTrouble", filter.hasTrouble);
    // Sent on, it is still told that they were not known.
    if (filter.isOlder)
        return;
    const bool hasNetworks = member.added("networks", filter.networks);
    const bool hasTime = member.added("waitsLonger", filter.waitsLonger);
    filter.isOlder = !hasNetworks && !hasTime;
}

template <class Visitor>
void visit(Visitor &member, ViewContent &view)
{
    member("name", view.name);
    member("filter", view.filter);
    member("search", view.search);
    member("order", view.order);
    member("isGrouped", view.isGrouped);
}

namespace Act {

template <class Visitor>
void visit(Visitor &member, PinNotice &pin)
{
    member("text", pin.text);
    member("until", pin.until);
    member("channel", pin.channel);
    member("tag", pin.tag);
    member("view", pin.view);
    member("list", pin.list);
}

} // namespace Act

} // namespace Earshot
