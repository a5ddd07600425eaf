// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/requestparts.h"

namespace Earshot {

QByteArray headerOf(const HttpRequest &request, const QByteArray &name)
{
    for (const auto &[key, value] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QUrlQuery formFrom(const QByteArray &encoded)
{
    return QUrlQuery(QString::fromUtf8(encoded).replace(QLatin1Char('+'), QLatin1StringView("%20")));
}

QString item(const QUrlQuery &query, const char *name)
{
    return query.queryItemValue(QLatin1StringView(name), QUrl::FullyDecoded);
}

} // namespace Earshot
