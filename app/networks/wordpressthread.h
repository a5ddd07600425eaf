// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/wordpressposts.h"

#include <QMap>

namespace Earshot {

/// Reads what stands under one post around one of its comments: the post as the root, the newest 500 comments, and,
/// however old it is, the comment itself with its ancestors, siblings and answers. Ends as cancelled when the site
/// dies. Lives on the network thread.
class WordPressThread final
{
public:
    explicit WordPressThread(WordPressSite &site)
        : m_site(site)
    {
    }

    /// Root first, then by number. `notFound` when the message is not there any more.
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> read(const KnownMessage &message);

private:
    struct Work
    {
        qint64 id = 0; ///< of the comment asked about; 0 when it is the post itself
        qint64 user = 0;
        qint64 post = 0;
        WordPressPost root;
        RemoteMessage rootMessage;
        QMap<qint64, WordPressComment> comments;
        qint64 offset = 0;
        int ancestorsLeft = 20; ///< WordPress nests 10 deep at most
        std::shared_ptr<Pending<QList<RemoteMessage>>> pending;
    };
    using SharedWork = std::shared_ptr<Work>;

    void readComment(const SharedWork &work);
    void readNewest(const SharedWork &work);
    void readFamily(const SharedWork &work);
    void readAncestors(const SharedWork &work);
    void readRoot(const SharedWork &work);
    void finish(const SharedWork &work);
    /// Asks for a list of the post's comments, keeps them, then goes on; ends the work when it fails.
    void readList(const SharedWork &work, RestQuery query, std::function<void(const RestAnswer &)> then);

    WordPressSite &m_site;
};

} // namespace Earshot
