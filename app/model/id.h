// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHashFunctions>
#include <QtGlobal>

#include <compare>

namespace Earshot {

/// A row's number in the workspace, distinct per table. 0 means "none".
template <class Tag>
struct Id
{
    qint64 value = 0;

    constexpr Id() = default;
    constexpr explicit Id(qint64 number)
        : value(number)
    {
    }
    [[nodiscard]] constexpr bool isValid() const { return value != 0; }
    constexpr auto operator<=>(const Id &) const = default;
};

template <class Tag>
size_t qHash(Id<Tag> id, size_t seed = 0) noexcept
{
    return ::qHash(id.value, seed);
}

using AgentId = Id<struct AgentTag>;
using TeamId = Id<struct TeamTag>;
using ChannelId = Id<struct ChannelTag>;
using ContactId = Id<struct ContactTag>;
using IdentityId = Id<struct IdentityTag>;
using ThreadId = Id<struct ThreadTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using DeliveryId = Id<struct DeliveryTag>;
using TagId = Id<struct TagTag>;
using SavedReplyId = Id<struct SavedReplyTag>;
using MacroId = Id<struct MacroTag>;
using ViewId = Id<struct ViewTag>;
using NoticeId = Id<struct NoticeTag>;

/// Ids from here on name rows that a replica shows before its server has made them: the same wish has the same ones
/// until the server's row is here.
constexpr qint64 firstForecastId = Q_INT64_C(1) << 62;

/// Whether the row is shown ahead of the server's.
template <class Tag>
[[nodiscard]] constexpr bool isForecast(Id<Tag> id)
{
    return id.value >= firstForecastId;
}

/// A change number (design: "Change numbers"). 0 is before the first change.
using Seq = qint64;

} // namespace Earshot
