// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/wordpresscomment.h"
#include "networks/wordpresssite.h"

namespace Earshot {

/// Carries out effects on a WordPress site and looks for those of earlier attempts. Its futures end when the site's
/// callbacks come, or as cancelled when the site dies. Lives on the network thread.
///
/// A reply is published by one POST that is never repeated here. It carries its delivery's id as `author_user_agent`,
/// by which it is found again. A status word is the same however often it is said, so that a lost answer to one does
/// no harm.
class WordPressWriter final
{
public:
    explicit WordPressWriter(WordPressSite &site)
        : m_site(site)
    {
    }

    [[nodiscard]] QFuture<Result<Delivered>> deliver(const Outgoing &outgoing);
    [[nodiscard]] QFuture<Result<std::optional<Delivered>>> findDelivered(const Outgoing &outgoing,
                                                                          const Attempt &attempt);

private:
    using PendingDelivered = std::shared_ptr<Pending<Delivered>>;
    using PendingFound = std::shared_ptr<Pending<std::optional<Delivered>>>;
    using ThenComment = std::function<void(Result<WordPressComment>)>;
    using ThenFound = std::function<void(Result<std::optional<Delivered>>)>;

    void reply(const Outgoing &outgoing, const PendingDelivered &pending);
    void publish(const Outgoing &outgoing, qint64 post, qint64 parent, const PendingDelivered &pending);
    void onPublished(const Outgoing &outgoing, const Result<HttpAnswer> &answer, const PendingDelivered &pending);
    void onDuplicate(const Outgoing &outgoing, const Error &error, const PendingDelivered &pending);
    void moderate(const Outgoing &outgoing, const PendingDelivered &pending);
    void setStatus(const Outgoing &outgoing, const WordPressComment &comment, const PendingDelivered &pending);

    void findReply(const Outgoing &outgoing, const Attempt &attempt, qint64 user, ThenFound then);
    void findStatus(const Outgoing &outgoing, const PendingFound &pending);
    void readComment(qint64 id, ThenComment then);
    void readOwn(const RestQuery &filter, qint64 user, std::function<void(Result<QList<WordPressComment>>)> then);

    WordPressSite &m_site;
};

} // namespace Earshot
