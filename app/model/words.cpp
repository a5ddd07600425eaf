// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/words.h"

#include "model/remote.h"
#include "model/viewfilter.h"

#include <array>
#include <string_view>

namespace Earshot {

namespace {

template <class Enum>
struct WordList;

#define EARSHOT_WORDS(Enum, ...)                                                                                       \
    template <>                                                                                                        \
    struct WordList<Enum>                                                                                              \
    {                                                                                                                  \
        static constexpr auto list = std::to_array<std::string_view>({__VA_ARGS__});                                   \
    };

EARSHOT_WORDS(Network, "feed", "mastodon", "wordpress", "bluesky")
EARSHOT_WORDS(View, "mine", "unassigned", "open", "waiting", "snoozed", "resolved", "all", "notesToMe", "trouble",
              "channel", "tag", "contact", "custom")
EARSHOT_WORDS(ListOrder, "newest", "longestWaiting", "priority", "reach")
EARSHOT_WORDS(ViewFilter::Owner, "anyone", "me", "nobody", "agent")
EARSHOT_WORDS(Purpose, "support", "sales", "community", "corporate")
EARSHOT_WORDS(Role, "viewer", "agent", "lead", "admin")
EARSHOT_WORDS(Status, "open", "pending", "snoozed", "resolved")
EARSHOT_WORDS(Reason, "none", "answered", "noAnswerNeeded", "spam", "duplicate")
EARSHOT_WORDS(Priority, "low", "normal", "high", "urgent")
EARSHOT_WORDS(MessageKind, "inbound", "reply", "note", "context")
EARSHOT_WORDS(Visibility, "public", "unlisted", "followers", "direct")
EARSHOT_WORDS(Presence, "live", "deleted", "gone")
EARSHOT_WORDS(Moderation, "none", "held", "approved", "hidden", "spam", "trash")
EARSHOT_WORDS(DeliveryState, "none", "draft", "awaitingApproval", "held", "queued", "sending", "sent", "failed",
              "unsure", "cancelled")
EARSHOT_WORDS(Effect, "reply", "like", "unlike", "boost", "unboost", "approve", "unapprove", "hide", "spam", "trash",
              "restore", "deleteOwn")
EARSHOT_WORDS(Health, "unknown", "ok", "signIn", "permission", "rateLimited", "unreachable", "malformed", "gone",
              "gapPossible", "paused", "keyringLocked", "withheld", "certificate", "cutOff", "clockOff")
EARSHOT_WORDS(Setting, "undoSeconds", "reopenDays")
EARSHOT_WORDS(MacroStepKind, "claim", "assign", "giveBack", "addTag", "removeTag", "setPriority", "snooze", "wait",
              "resolve", "reopen", "addNote", "reply")
EARSHOT_WORDS(CountRule, "codePoints", "graphemes", "mastodon", "utf8Bytes", "bluesky")
EARSHOT_WORDS(ErrorKind, "authExpired", "permission", "rateLimited", "quota", "policy", "parentGone", "duplicate",
              "tooLong", "transient", "unsure", "malformed", "tooLarge", "gone", "notFound", "invalid", "refused",
              "locked", "newerVersion", "damaged", "diskFull", "readOnly", "tryAgain", "io", "noKeychain", "cancelled",
              "unsupported", "unknown", "otherAccount", "certificate")
#undef EARSHOT_WORDS

QString toQString(std::string_view text)
{
    return QString::fromLatin1(text.data(), qsizetype(text.size()));
}

} // namespace

template <class Enum>
QString word(Enum value)
{
    const auto &list = WordList<Enum>::list;
    const auto index = static_cast<size_t>(value);
    return index < list.size() ? toQString(list[index]) : QString();
}

template <class Enum>
std::optional<Enum> fromWord(QStringView text)
{
    const auto &list = WordList<Enum>::list;
    for (size_t i = 0; i < list.size(); ++i) {
        if (text == QLatin1StringView(list[i].data(), qsizetype(list[i].size())))
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

template <class Enum>
QStringList words()
{
    QStringList all;
    for (const auto &entry : WordList<Enum>::list)
        all.append(toQString(entry));
    return all;
}

#define EARSHOT_INSTANTIATE(Enum)                                                                                      \
    template QString word(Enum);                                                                                       \
    template std::optional<Enum> fromWord(QStringView);                                                                \
    template QStringList words<Enum>();

EARSHOT_INSTANTIATE(Network)
EARSHOT_INSTANTIATE(View)
EARSHOT_INSTANTIATE(ListOrder)
EARSHOT_INSTANTIATE(ViewFilter::Owner)
EARSHOT_INSTANTIATE(Purpose)
EARSHOT_INSTANTIATE(Role)
EARSHOT_INSTANTIATE(Status)
EARSHOT_INSTANTIATE(Reason)
EARSHOT_INSTANTIATE(Priority)
EARSHOT_INSTANTIATE(MessageKind)
EARSHOT_INSTANTIATE(Visibility)
EARSHOT_INSTANTIATE(Presence)
EARSHOT_INSTANTIATE(Moderation)
EARSHOT_INSTANTIATE(DeliveryState)
EARSHOT_INSTANTIATE(Effect)
EARSHOT_INSTANTIATE(Health)
EARSHOT_INSTANTIATE(Setting)
EARSHOT_INSTANTIATE(MacroStepKind)
EARSHOT_INSTANTIATE(CountRule)
EARSHOT_INSTANTIATE(ErrorKind)
#undef EARSHOT_INSTANTIATE

} // namespace Earshot
