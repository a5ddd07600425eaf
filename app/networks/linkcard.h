// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/errand.h"
#include "networks/mediapreparation.h"
#include "networks/registry.h"

namespace Earshot {

/// What a page says about itself for whoever links to it (Open Graph, https://ogp.me, or plain HTML).
struct LinkCard
{
    QUrl url; ///< as it was linked
    QString title;
    QString description;
    QUrl picture;             ///< empty when it names none
    PreparedMedium thumbnail; ///< the picture within the limits; without content when there is none
};

/// Of a page's HTML. Pure. Without title: it says nothing.
[[nodiscard]] LinkCard linkCardFrom(const QString &html, const QUrl &page);

/// Fetches a page and its picture. What does not answer soon, is no page or says nothing makes no card: an error, which
/// keeps nobody from posting the link alone. A picture that cannot be had is left out.
class LinkCardLookup final : public Errand<LinkCard>
{
public:
    LinkCardLookup(const QUrl &url, const MediaLimits &limits, const NetworkSetting &setting, QObject *parent);

private:
    void takePage(const Result<HttpAnswer> &answer);
    void takePicture(const Result<HttpAnswer> &answer);

    QUrl m_url;
    MediaLimits m_limits;
    NetworkSetting m_setting;
    LinkCard m_card;
};

} // namespace Earshot
