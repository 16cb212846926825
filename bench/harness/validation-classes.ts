// The payloads of `bench/validation` as classes with decorators: as strict as the schemas of libs/contracts, in the way
// that Nest's own ValidationPipe wants them.
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';

type Decorate = (target: object, property: string) => void;

const all =
  (...decorators: readonly Decorate[]): Decorate =>
  (target, property) =>
    decorators.forEach((decorate) => decorate(target, property));

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u.test(value) && value.isWellFormed();
const Plain = (each = false) => ValidateBy({ name: 'isPlain', validator: { validate: isPlain } }, { each }) as Decorate;
const TIME_ZONE = ValidateBy({ name: 'isTimeZone', validator: { validate: isTimeZone } }) as Decorate;

const HostId = (each = false) => Matches(/^[A-Za-z0-9._:-]{1,64}$/, { each }) as Decorate;
const OwnId = () => Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/) as Decorate;
const Text = (maximum: number) => all(IsString(), Length(1, maximum), Plain());
const HostIds = (maximum: number) => all(IsArray(), ArrayMaxSize(maximum), HostId(true));
const Texts = (maximum: number, length: number) =>
  all(IsArray(), ArrayMaxSize(maximum), IsString({ each: true }), Length(1, length, { each: true }), Plain(true));
const Several = (maximum: number, of: () => new () => object) =>
  all(IsArray(), ArrayMaxSize(maximum), ValidateNested({ each: true }), Type(of) as Decorate);

export class ArchivesPlan {
  @HostId() accountId!: string;
  @OwnId() backupId!: string;
}

class Facility {
  @HostId() facilityId!: string;
  @Text(300) name!: string;
}

class OrgUnit {
  @HostId() orgUnitId!: string;
  @Text(300) name!: string;
  @IsOptional() @HostId() facilityId?: string | null;
  @IsOptional() @HostId() parentOrgUnitId?: string | null;
}

class Role {
  @HostId() roleId!: string;
  @Text(300) name!: string;
  @Texts(1_000, 200) permissions!: string[];
}

class User {
  @HostId() userId!: string;
  @Text(300) name!: string;
  @IsOptional() @IsString() @Length(0, 320) email?: string | null;
  @IsBoolean() active: boolean = true;
  @IsBoolean() siteAdmin: boolean = false;
  @HostIds(10_000) facilityAdminOf: string[] = [];
}

class Grant {
  @HostId() roleId!: string;
  @HostIds(20_000) orgUnitIds!: string[];
  @IsBoolean() includeSubUnits: boolean = false;
}

class UserGroup {
  @HostId() userGroupId!: string;
  @Text(300) name!: string;
  @HostIds(200_000) memberIds: string[] = [];
  @Several(10_000, () => Grant) grants: Grant[] = [];
}

class Directory {
  @Text(300) name!: string;
  @Text(64) @TIME_ZONE timeZone!: string;
  @Several(10_000, () => Facility) facilities: Facility[] = [];
  @Several(50_000, () => OrgUnit) orgUnits: OrgUnit[] = [];
  @Several(10_000, () => Role) roles: Role[] = [];
  @Several(200_000, () => User) users: User[] = [];
  @Several(50_000, () => UserGroup) userGroups: UserGroup[] = [];
}

export class SyncDirectory {
  @HostId() accountId!: string;
  @IsInt() @Min(0) turn!: number;
  @ValidateNested() @Type(() => Directory) directory!: Directory;
}

const MEDIA_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(\s*;[\x20-\x7e]*)?$/;

class Attachment {
  @HostId() fileId!: string;
  @Text(500) fileName!: string;
  @IsOptional() @Length(0, 200) @Matches(MEDIA_TYPE) mediaType?: string | null;
}

class Version {
  @HostId() versionId!: string;
  @Text(50) number!: string;
  @IsIn(['draft', 'awaiting_authorisation', 'pending_release', 'authorised', 'superseded']) state!: string;
  @IsISO8601({ strict: true }) createdAt!: string;
  @IsOptional() @IsISO8601({ strict: true }) authorisedAt?: string | null;
  @IsOptional() @Text(300) authorisedBy?: string | null;
  @IsOptional() @HostId() fileId?: string | null;
  @IsOptional() @Text(500) fileName?: string | null;
  @IsOptional() @Length(0, 200) @Matches(MEDIA_TYPE) mediaType?: string | null;
  @IsOptional() @Text(2_000) externalUrl?: string | null;
  @Several(1_000, () => Attachment) attachments: Attachment[] = [];
}

class RegisteredDocument {
  @HostId() documentId!: string;
  @Text(100) index!: string;
  @Text(1_000) title!: string;
  @Text(200) type!: string;
  @IsOptional() @Text(200) category?: string | null;
  @IsOptional() @Text(200) section?: string | null;
  @IsBoolean() active: boolean = true;
  @ArrayMinSize(1) @HostIds(1_000) orgUnitIds!: string[];
  @Texts(1_000, 300) owners: string[] = [];
  @Texts(1_000, 300) authors: string[] = [];
  @IsOptional() @IsInt() @Min(0) @Max(1_200) reviewFrequencyMonths?: number | null;
  @IsOptional() @IsISO8601({ strict: true }) nextReviewAt?: string | null;
  @Several(1_000, () => Version) versions: Version[] = [];
}

export class UpsertDocuments {
  @HostId() accountId!: string;
  @IsInt() @Min(0) turn!: number;
  @ArrayMinSize(1) @Several(1_000, () => RegisteredDocument) documents!: RegisteredDocument[];
}

function isTimeZone(value: unknown): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(value) });
    return true;
  } catch {
    return false;
  }
}
