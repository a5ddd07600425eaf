// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "model/remote.h"
#include "sample/samplewriter.h"

#include <vector>

namespace Earshot {

/// The six channels of the sample workspace.
enum class SamplePlace {
    mention, ///< the Mastodon account
    hashtag, ///< listening on Mastodon
    blog,    ///< comments on our own blog
    press,   ///< a feed: what others write
    reviews, ///< a feed with ratings
    sky,     ///< the Bluesky account
};
inline constexpr int samplePlaces = 6;

/// Who works in the sample workspace; the first one is its admin.
enum SampleAgent { ana, kim, jonas, mira, tom };

/// One message of a conversation.
struct SampleLine
{
    enum class Voice { customer, us, bystander };
    enum class Fate { sent, failed, unsure }; ///< of ours

    Voice voice = Voice::customer;
    Fate fate = Fate::sent;
    Time at; ///< whole seconds, as networks tell
    QString text;
    SamplePerson bystander;
    int answers = -1;      ///< the line answered
    qint64 number = 0;     ///< on the blog and in feeds
    RemoteMessage message; ///< as the channel's connector tells it
};

/// One conversation from its first message to where it stands now.
struct SampleScript
{
    enum class Ending { open, pending, snoozed, answered, quiet, spam, duplicate };

    SamplePlace place = SamplePlace::mention;
    SamplePerson customer;
    int topic = 0;
    QString title;    ///< of a review or an article elsewhere
    int rating = 0;   ///< stars
    int article = -1; ///< of our blog
    int twinOf = -1;  ///< the same post, heard by the account as well
    bool isDirect = false;
    bool isHeld = false; ///< waits for moderation
    Ending ending = Ending::answered;
    int assignee = -1;
    QList<QStringView> tags;
    Priority priority = Priority::normal;
    QStringView note;
    QString editedText;     ///< of the first line, later; empty = never edited
    bool isDeleted = false; ///< the first line, later
    std::vector<SampleLine> lines;
    RemoteMessage edited; ///< the first line after its edit

    ConversationId conversation; ///< once stored
    MessageId newest;
};

struct SampleArticle
{
    QString title;
    Time at;
    qint64 number = 0; ///< on the blog
};

/// A year of talk, made up from a seed. Pure: the same seed and time give the same.
struct SamplePlan
{
    Time now;
    std::vector<SampleArticle> articles;
    std::vector<SampleScript> scripts; ///< roughly old to new
    int mergedFrom = -1;               ///< scripts of one person on two networks
    int mergedInto = -1;
};
[[nodiscard]] SamplePlan makeSamplePlan(Time now, quint32 seed, int conversations);

/// How many follow a person.
[[nodiscard]] int sampleFollowers(const QString &handle);

inline constexpr Duration sampleYear = std::chrono::days(365);

} // namespace Earshot
