// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/wordpresscomment.h"
#include "networks/wordpresssite.h"

#include <QHash>

namespace Earshot {

/// Titles and links of the posts, pages and other objects under which comments stand: read in batches, remembered for
/// a while. Lives with its site on the network thread.
class WordPressPosts final
{
public:
    explicit WordPressPosts(WordPressSite &site)
        : m_site(site)
    {
    }

    /// Reads what is not known yet about the posts of these comments, then calls `then`: with an error only when asking
    /// later can help. What cannot be read (private, gone, a type without REST) is known by its number alone.
    void load(const QList<WordPressComment> &comments, std::function<void(Done)> then);

    /// After load(): the comment's post.
    [[nodiscard]] WordPressPost postOf(const WordPressComment &comment) const;

private:
    struct Batch
    {
        QString collection; ///< "/wp/v2/pages"
        QList<qint64> ids;
        bool isPublicOnly = false;
    };

    void loadNext(QList<Batch> batches, std::function<void(Done)> then);
    void remember(const Batch &batch, const RestAnswer &answer);

    WordPressSite &m_site;
    QHash<qint64, WordPressPost> m_known;
};

/// A post's own title as plain text, from its REST object.
[[nodiscard]] WordPressPost readPost(const QJsonObject &object, const QString &route);

} // namespace Earshot
